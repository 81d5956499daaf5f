import type { InputHTMLAttributes, ReactNode, Ref } from "react";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "role"> {
  children: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

export function Switch({ children, ...input }: Props) {
  return (
    <label className="switch">
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state. */}
      <input {...input} type="checkbox" role="switch" />
      <span>{children}</span>
    </label>
  );
}
