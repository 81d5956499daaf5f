import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { closesAt } from "../../StandingWords.tsx";
import { CloseNowDocument, KeepOpenDocument, type TicketPagePartsFragment } from "./ticket.gen.ts";

/** The status already says until when; this says what to do about it, and what we promise. */
export function WhatNext({ ticket }: { ticket: TicketPagePartsFragment }) {
  const { t } = useLingui();
  const { number, abilities } = ticket;
  const [, keepOpen] = useMutation(KeepOpenDocument);
  const [, closeNow] = useMutation(CloseNowDocument);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isClosing = Boolean(closesAt(ticket));

  const send = async (ask: () => Promise<Outcome<unknown>>) => {
    if (isSending) return;
    setSending(true);
    const outcome = await ask();
    setSending(false);
    setProblem(
      outcome.kind === "refused"
        ? outcome.problem.message
        : outcome.kind === "failed"
          ? t`That did not work. Try again in a moment.`
          : undefined,
    );
  };
  return (
    <>
      {ticket.promise && <p className="next">{ticket.promise}</p>}
      {isClosing && (
        <>
          <p className="next">
            {ticket.status.meaning === "SOLVED" ? (
              <Trans>Is something still missing? Answer before it closes.</Trans>
            ) : (
              <Trans>It closes then, unless you answer.</Trans>
            )}
          </p>
          <p className="actions">
            {abilities.keepOpen && (
              <Button
                look="quiet"
                isDisabled={isSending}
                onClick={() => void send(async () => toOutcome(await keepOpen({ number }), (data) => data.keepOpen))}
              >
                <Trans>Keep open</Trans>
              </Button>
            )}
            {abilities.closeNow && (
              <Button
                look="quiet"
                isDisabled={isSending}
                onClick={() => void send(async () => toOutcome(await closeNow({ number }), (data) => data.closeNow))}
              >
                <Trans>It works, close now</Trans>
              </Button>
            )}
          </p>
        </>
      )}
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
    </>
  );
}
