import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from "react";

interface FieldProps {
  label: ReactNode;
  /** One sentence under the label. */
  hint?: ReactNode;
  /** Why the value is refused; read out with the field. */
  problem?: string | undefined;
  /** The label is there for those who hear the page; the place itself tells the others. */
  hideLabel?: boolean;
}

interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

function Field(props: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const hintId = props.hint ? `${id}-hint` : undefined;
  const problemId = props.problem ? `${id}-problem` : undefined;
  const describedBy = [problemId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className="field">
      <label htmlFor={id} className={props.hideLabel ? "visually-hidden" : undefined}>
        {props.label}
      </label>
      {props.hint && (
        <span id={hintId} className="hint">
          {props.hint}
        </span>
      )}
      {props.children({ id, "aria-describedby": describedBy, "aria-invalid": props.problem ? true : undefined })}
      {props.problem && (
        <span id={problemId} className="problem">
          {props.problem}
        </span>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function TextField({ label, hint, problem, hideLabel, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem} hideLabel={hideLabel}>
      {(wiring) => <input type="text" {...input} {...wiring} className={`control ${className ?? ""}`} />}
    </Field>
  );
}

type TextAreaProps = FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> };

/** Grows with its text, up to most of the screen. */
export function TextArea({ label, hint, problem, hideLabel, className, rows = 3, ...textarea }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} problem={problem} hideLabel={hideLabel}>
      {(wiring) => (
        <textarea
          rows={rows}
          style={{ "--rows": rows } as React.CSSProperties}
          {...textarea}
          {...wiring}
          className={`control ${className ?? ""}`}
        />
      )}
    </Field>
  );
}

type SelectProps = FieldProps & React.SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> };

/** The browser's own list: right on a telephone, searchable by typing, good for a thousand options. */
export function Select({ label, hint, problem, hideLabel, className, children, ...select }: SelectProps) {
  return (
    <Field label={label} hint={hint} problem={problem} hideLabel={hideLabel}>
      {(wiring) => (
        <select {...select} {...wiring} className={`control ${className ?? ""}`}>
          {children}
        </select>
      )}
    </Field>
  );
}
