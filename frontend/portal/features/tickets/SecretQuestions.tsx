import { Trans, useLingui } from "@lingui/react/macro";
import { SecretField } from "../../../shared/secrets/SecretField.tsx";
import "../../../shared/secrets/secrets.css";

interface Props {
  questions: readonly { id: string; label: string; required: boolean }[];
  answers: Readonly<Record<string, string>>;
  /** What the server misses, in its words. */
  missing: string | undefined;
  onAnswer: (id: string, value: string) => void;
}

/** The secrets that this kind of request needs. They are kept in no draft. */
export function SecretQuestions({ questions, answers, missing, onAnswer }: Props) {
  const { t } = useLingui();
  if (questions.length === 0) return null;
  return (
    <fieldset className="field secrets">
      <legend>
        <Trans>Sealed</Trans>
      </legend>
      <p className="hint">
        <Trans>
          Only the staff who work on this can see these, you see each time somebody does, and they are destroyed when
          the request closes.
        </Trans>
      </p>
      {questions.map(({ id, label, required }) => (
        <SecretField
          key={id}
          label={required ? label : t`${label} (if there is one)`}
          name={label}
          problem={required && !answers[id]?.trim() ? missing : undefined}
          value={answers[id] ?? ""}
          onChange={(value) => onAnswer(id, value)}
        />
      ))}
    </fieldset>
  );
}
