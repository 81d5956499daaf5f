import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Page } from "../../Page.tsx";
import { AnswerByLinkDocument } from "./link.gen.ts";

interface Props {
  token: string;
  purpose: "keep_open" | "close_now";
  number: number | null;
  /** It was used before this page was opened. */
  isUsed: boolean;
}

/** One button, which keeps the request open or closes it. Opening the page does neither: mail programs open links on their own. */
export function AnswerLink({ token, purpose, number, isUsed }: Props) {
  const { t } = useLingui();
  const [, answer] = useMutation(AnswerByLinkDocument);
  const [isSending, setSending] = useState(false);
  const [done, setDone] = useState<"now" | "before" | undefined>(isUsed ? "before" : undefined);
  const [problem, setProblem] = useState<string>();
  const send = async () => {
    if (isSending) return;
    setSending(true);
    setProblem(undefined);
    const outcome = toOutcome(await answer({ token }), (data) => data.answerByLink);
    setSending(false);
    if (outcome.kind === "done") setDone("now");
    else if (outcome.kind === "refused" && outcome.problem.code === "answered_already") setDone("before");
    else if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else setProblem(t`That did not work. Try again in a moment.`);
  };
  const keeps = purpose === "keep_open";
  if (done) {
    return (
      <Page title={done === "before" ? t`That is done already` : keeps ? t`It stays open` : t`It is closed`}>
        <p className="lead">
          {keeps ? (
            <Trans>We keep your request #{number} open. Answer when you are ready.</Trans>
          ) : (
            <Trans>Your request #{number} is closed. You can read it at any time.</Trans>
          )}
        </p>
        <ToTicket number={number}>
          <Trans>Open the request</Trans>
        </ToTicket>
      </Page>
    );
  }
  return (
    <Page title={keeps ? t`Keep your request open?` : t`Close your request?`}>
      <p className="lead">
        {keeps ? (
          <Trans>Your request #{number} would close by itself. Keep it open, and the time begins again.</Trans>
        ) : (
          <Trans>If it works, we close your request #{number} now.</Trans>
        )}
      </p>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <p className="actions">
        <Button look="brand" isDisabled={isSending} onClick={() => void send()}>
          {keeps ? <Trans>Keep open</Trans> : <Trans>It works, close now</Trans>}
        </Button>
      </p>
      {problem && (
        <ToTicket number={number}>
          <Trans>Open the request</Trans>
        </ToTicket>
      )}
    </Page>
  );
}

function ToTicket({ number, children }: { number: number | null; children: ReactNode }) {
  if (number === null) return null;
  return (
    <p className="actions">
      <Link to="/tickets/$number" params={{ number: String(number) }} className="button" data-look="quiet">
        {children}
      </Link>
    </p>
  );
}
