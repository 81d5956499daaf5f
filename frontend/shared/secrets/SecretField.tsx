import { useLingui } from "@lingui/react/macro";
import { type ReactNode, type Ref, useState } from "react";
import { TextArea } from "../ui/Field.tsx";

interface Props {
  label: ReactNode;
  /** The name in words, for the button beside it. */
  name: string;
  hint?: ReactNode;
  problem?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: React.KeyboardEvent<HTMLTextAreaElement>) => void;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A sealed field: dots until its writer wants to see it. It takes several lines, as keys have; no browser keeps it. */
export function SecretField({ label, name, hint, problem, value, onChange, onKeyDown, ref }: Props) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="secret-field" data-open={isOpen || undefined}>
      <TextArea
        ref={ref}
        label={label}
        hint={hint}
        problem={problem}
        rows={1}
        maxLength={10_000}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore
        data-lpignore="true"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        className="secret-eye"
        aria-pressed={isOpen}
        aria-label={isOpen ? t`Hide ${name}` : t`Show ${name}`}
        onClick={() => setOpen((before) => !before)}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path
            d="M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5Z M10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
          />
          {isOpen && <path d="M3 17 17 3" stroke="currentColor" strokeWidth="1.5" />}
        </svg>
      </button>
    </div>
  );
}
