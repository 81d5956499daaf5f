import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { SayAllFineDocument, type TicketPagePartsFragment } from "./ticket.gen.ts";

/** "Thanks, all fine": it pleases the staff, and neither reopens the request nor disturbs anybody (FIELD.md A10). */
export function AllFine({ ticket }: { ticket: TicketPagePartsFragment }) {
  const [, sayAllFine] = useMutation(SayAllFineDocument);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();

  if (ticket.satisfiedAt) {
    return (
      <p className="all-fine" role="status">
        <Trans>
          You said that all is fine <Time at={ticket.satisfiedAt} />
        </Trans>
      </p>
    );
  }
  if (!ticket.abilities.thank) return null;

  const send = async () => {
    setSending(true);
    setProblem(undefined);
    const outcome = toOutcome(await sayAllFine({ number: ticket.number }), (data) => data.sayAllFine);
    setSending(false);
    if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else if (outcome.kind === "failed") setProblem("");
  };

  return (
    <>
      <Button look="quiet" isDisabled={isSending} onClick={() => void send()}>
        <Trans>Thanks, all fine</Trans>
      </Button>
      {problem !== undefined && (
        <span className="all-fine" role="alert">
          {problem || <Trans>That did not arrive. Please try again.</Trans>}
        </span>
      )}
    </>
  );
}
