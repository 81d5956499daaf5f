import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useRef, useState } from "react";
import { useMutation, useQuery } from "urql";
import type { FactorKind } from "../enter.ts";
import { toOutcome } from "../gql/problem.ts";
import type { StepUpWay } from "../gql/schema.gen.ts";
import { Button } from "../ui/Button.tsx";
import { useWordsOf } from "../ui/changeWords.ts";
import { TextField } from "../ui/Field.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { FactorForm } from "./FactorForm.tsx";
import { StepUpDocument, StepUpOptionsDocument, StepUpWaysDocument } from "./security.gen.ts";
import "./security.css";

interface Props {
  onAnswer: (isConfirmed: boolean) => void;
}

/** Asks who is there once more; what was asked for goes on by itself afterwards. */
export function StepUpDialog({ onAnswer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [{ data }] = useQuery({ query: StepUpWaysDocument, requestPolicy: "network-only" });
  const [, stepUp] = useMutation(StepUpDocument);
  const [, askOptions] = useMutation(StepUpOptionsDocument);
  const wordsOf = useWordsOf();
  const ways = data?.security?.stepUpBy;

  useEffect(() => dialog.current?.showModal(), []);

  const give = async (way: StepUpWay, answer: string) => {
    const outcome = toOutcome(await stepUp({ way, answer }), (found) => found.stepUp);
    if (outcome.kind === "done") onAnswer(true);
    return wordsOf(outcome);
  };
  const options = async () => {
    const outcome = toOutcome(await askOptions({}), (found) => found.stepUpOptions);
    return outcome.kind === "done" ? outcome.value.options : undefined;
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
      <div className="grid gap-1">
        <h2 id={titleId}>
          <Trans>Is it still you?</Trans>
        </h2>
        <p className="security-lead">
          <Trans>This change is a sensitive one. Confirm once more that it is you; it goes through right after.</Trans>
        </p>
      </div>
      {!ways ? (
        <Skeleton lines={[60, 100]} />
      ) : ways.includes("PASSWORD") ? (
        <PasswordForm give={(answer) => give("PASSWORD", answer)} />
      ) : (
        <FactorForm
          kinds={ways.map((way) => way.toLowerCase() as FactorKind)}
          look="primary"
          give={(kind, answer) => give(kind.toUpperCase() as StepUpWay, answer)}
          options={options}
        />
      )}
      <Button look="plain" onClick={() => onAnswer(false)}>
        <Trans>Leave it as it was</Trans>
      </Button>
    </dialog>
  );
}

function PasswordForm({ give }: { give: (answer: string) => Promise<string | undefined> }) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);
  const confirm = async (form: HTMLFormElement) => {
    if (isSending) return;
    setSending(true);
    setProblem(await give(String(new FormData(form).get("password"))));
    setSending(false);
    field.current?.focus();
    field.current?.select();
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm(event.currentTarget);
      }}
    >
      <TextField
        ref={field}
        label={t`Your password`}
        name="password"
        type="password"
        autoComplete="current-password"
        autoFocus
        required
        problem={problem}
      />
      <div>
        <Button type="submit" look="primary" isDisabled={isSending}>
          <Trans>Confirm</Trans>
        </Button>
      </div>
    </form>
  );
}
