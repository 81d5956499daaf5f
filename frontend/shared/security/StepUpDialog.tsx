import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useRef, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../gql/problem.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/Field.tsx";
import { StepUpDocument } from "./security.gen.ts";
import { useWordsOf } from "./words.ts";
import "./security.css";

interface Props {
  onAnswer: (isConfirmed: boolean) => void;
}

/** Asks who is there once more; what was asked for goes on by itself afterwards. */
export function StepUpDialog({ onAnswer }: Props) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [, stepUp] = useMutation(StepUpDocument);
  const wordsOf = useWordsOf();
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
    field.current?.focus();
  }, []);

  const confirm = async (form: HTMLFormElement) => {
    if (isSending) return;
    setSending(true);
    const password = String(new FormData(form).get("password"));
    const outcome = toOutcome(await stepUp({ password }), (data) => data.stepUp);
    setSending(false);
    if (outcome.kind === "done") return onAnswer(true);
    setProblem(wordsOf(outcome));
    field.current?.focus();
    field.current?.select();
  };

  return (
    <dialog
      ref={dialog}
      className="step-up"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm(event.currentTarget);
        }}
      >
        <div className="grid gap-1">
          <h2 id={titleId}>
            <Trans>Is it still you?</Trans>
          </h2>
          <p className="security-lead">
            <Trans>
              This change is a sensitive one. Confirm once more that it is you; it goes through right after.
            </Trans>
          </p>
        </div>
        <TextField
          ref={field}
          label={t`Your password`}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          problem={problem}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="plain" onClick={() => onAnswer(false)}>
            <Trans>Leave it as it was</Trans>
          </Button>
          <Button type="submit" look="primary" isDisabled={isSending}>
            <Trans>Confirm</Trans>
          </Button>
        </div>
      </form>
    </dialog>
  );
}
