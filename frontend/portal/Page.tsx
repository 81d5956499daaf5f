import { type ReactNode, useEffect } from "react";
import { whole } from "../shared/ui/whole.ts";
import { useVisitor } from "./visitor.ts";

interface Props {
  /** The page's title, in the tab too. */
  title: string;
  /** The heading, where it says more than the title. */
  heading?: ReactNode;
  /** Stands above the heading. */
  above?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: one heading, which takes the focus when one arrives here by a link (see Shell). */
export function Page({ title, heading, above, children }: Props) {
  const { company } = useVisitor();
  useEffect(() => {
    document.title = title === company.brand.name ? title : `${title} · ${company.brand.name}`;
  }, [title, company.brand.name]);
  return (
    <>
      {above}
      <h1 tabIndex={-1}>{heading ?? whole(title)}</h1>
      {children}
    </>
  );
}
