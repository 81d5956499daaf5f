import type { ButtonHTMLAttributes, Ref } from "react";

export type ButtonLook = "primary" | "brand" | "quiet" | "plain" | "danger";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  look?: ButtonLook;
  /** Cannot be pressed now. It stays focusable, so that a keyboard is not thrown off and a tooltip can say why. */
  isDisabled?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = "quiet", isDisabled = false, onClick, className, type = "button", ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      data-look={look}
      className={className ? `button ${className}` : "button"}
      aria-disabled={isDisabled || undefined}
      onClick={(event) => {
        if (isDisabled) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
