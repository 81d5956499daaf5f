import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from "react";

interface GroupProps {
  legend: ReactNode;
  hint?: ReactNode;
  problem?: string | undefined;
  className?: string;
  children: ReactNode;
}

export function RadioGroup({ legend, hint, problem, className, children }: GroupProps) {
  const id = useId();
  const describedBy = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
  return (
    <fieldset className={`field ${className ?? ""}`} aria-describedby={describedBy}>
      <legend>{legend}</legend>
      {hint && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
      {children}
      {problem && (
        <span id={`${id}-problem`} className="problem">
          {problem}
        </span>
      )}
    </fieldset>
  );
}

interface RadioProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "type"> {
  hint?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

export function Radio({ children, hint, className, ...input }: RadioProps) {
  const id = useId();
  return (
    <label className={`choice ${className ?? ""}`}>
      <input
        {...input}
        type="radio"
        aria-labelledby={`${id}-name`}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <span id={`${id}-name`} className="choice-name">
        {children}
      </span>
      {hint && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
    </label>
  );
}
