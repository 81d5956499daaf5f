import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Switch } from "../../../shared/ui/Switch.tsx";

export interface QuestionValue {
  id?: string;
  label: string;
  required: boolean;
}

interface Props {
  questions: readonly QuestionValue[];
  problem: string | undefined;
  onChange: (questions: QuestionValue[]) => void;
}

/** The secrets that the form of a kind asks for, each a sealed field there. */
export function SecretQuestionFields({ questions, problem, onChange }: Props) {
  const { t } = useLingui();
  const change = (at: number, value: Partial<QuestionValue>) =>
    onChange(questions.map((each, index) => (index === at ? { ...each, ...value } : each)));
  return (
    <fieldset className="field">
      <legend>
        <Trans>Secrets to ask for</Trans>
      </legend>
      <p className="hint">
        <Trans>The form shows a sealed field for each: “Password of the old host”.</Trans>
      </p>
      {questions.map((question, at) => (
        <div key={question.id ?? `new ${at}`} className="secret-question">
          <TextField
            label={t`Secret ${at + 1}`}
            maxLength={120}
            autoComplete="off"
            value={question.label}
            problem={at === questions.length - 1 ? problem : undefined}
            onChange={(event) => change(at, { label: event.target.value })}
          />
          <Switch checked={question.required} onChange={(event) => change(at, { required: event.target.checked })}>
            <Trans>Required</Trans>
          </Switch>
          <Button
            look="plain"
            aria-label={t`Remove secret ${at + 1}`}
            onClick={() => onChange(questions.filter((_, index) => index !== at))}
          >
            <Trans>Remove</Trans>
          </Button>
        </div>
      ))}
      <Button look="plain" onClick={() => onChange([...questions, { label: "", required: false }])}>
        + <Trans>Ask for a secret</Trans>
      </Button>
    </fieldset>
  );
}
