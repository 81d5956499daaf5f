import type { ReactNode } from "react";

interface Props {
  tone?: "plain" | "wait" | "urgent" | "good";
  /** Read out as soon as it appears. */
  isAlert?: boolean;
  children: ReactNode;
}

export function Banner({ tone = "plain", isAlert = false, children }: Props) {
  return (
    <div className="banner" data-tone={tone} role={isAlert ? "alert" : "status"}>
      {children}
    </div>
  );
}
