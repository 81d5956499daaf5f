import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useRef, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { showToast } from "../../toasts.ts";
import { RecordPinDocument } from "./ticket.gen.ts";
import "../../../shared/security/security.css";

interface Props {
  number: number;
  client: string;
  onClose: () => void;
}

/** Takes down the six digits that a caller reads out from the portal. */
export function PinDialog({ number, client, onClose }: Props) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const titleId = useId();
  const [, recordPin] = useMutation(RecordPinDocument);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
    field.current?.focus();
  }, []);

  const record = async () => {
    const pin = (field.current?.value ?? "").replace(/\D/g, "");
    if (isSending) return;
    if (pin.length !== 6) {
      setProblem(t`Type all six digits.`);
      field.current?.focus();
      return;
    }
    setSending(true);
    const outcome = toOutcome(await recordPin({ number, pin }), (data) => data.recordPin);
    setSending(false);
    if (outcome.kind === "done") {
      showToast(t`Proof by voice recorded on #${number}`);
      return onClose();
    }
    setProblem(
      outcome.kind === "refused"
        ? outcome.problem.message
        : outcome.failure.kind === "offline"
          ? t`No connection. Nothing was changed.`
          : t`Nothing was changed. Try again.`,
    );
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
        onClose();
      }}
    >
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void record();
        }}
      >
        <div className="grid gap-1">
          <h2 id={titleId}>
            <strong>
              <Trans>Record a proof by voice</Trans>
            </strong>
          </h2>
          <p className="security-lead">
            <Trans>
              Ask the caller for the support PIN. They find it on the portal, under “Support PIN”, and it is good for
              ten minutes.
            </Trans>
          </p>
        </div>
        <TextField
          ref={field}
          label={t`Six digits that the caller reads out`}
          hint={t`For ${client}. Five wrong ones in a day lock it.`}
          problem={problem}
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          className="num"
        />
        <div className="flex flex-wrap gap-2">
          <Button look="plain" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" look="primary" isDisabled={isSending}>
            <Trans>Record it</Trans>
          </Button>
        </div>
      </form>
    </dialog>
  );
}
