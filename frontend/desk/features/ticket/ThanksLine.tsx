import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { showToast } from "../../toasts.ts";
import { TakeAsReplyDocument } from "./thanks.gen.ts";

/** Below a message that was taken as thanks: it told nobody, and one click makes it the reply that it was. */
export function ThanksLine({ id }: { id: string }) {
  const { t } = useLingui();
  const [, takeAsReply] = useMutation(TakeAsReplyDocument);
  const [isSending, setSending] = useState(false);

  const undo = async () => {
    setSending(true);
    const outcome = toOutcome(await takeAsReply({ id }), (data) => data.takeAsReply);
    setSending(false);
    if (outcome.kind === "done") {
      const { number } = outcome.value;
      showToast(t`#${number} waits since that message`);
    } else showToast(outcome.kind === "refused" ? outcome.problem.message : t`That did not arrive. Please try again.`);
  };

  return (
    <p className="mail-line">
      <Trans>Taken as thanks: nobody was told.</Trans>{" "}
      <Button look="plain" isDisabled={isSending} onClick={() => void undo()}>
        <Trans>This was a reply</Trans>
      </Button>
    </p>
  );
}
