import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { PlainText } from "../../../shared/ui/PlainText.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { showToast } from "../../toasts.ts";
import { ThanksWereReplyDocument, type ThankYouPartsFragment } from "./thanks.gen.ts";

/** One text that was taken as thanks, with the click that takes that back. */
export function ThankYouRow({ thanks, onTaken }: { thanks: ThankYouPartsFragment; onTaken: () => void }) {
  const { t } = useLingui();
  const [, takeAsReply] = useMutation(ThanksWereReplyDocument);
  const [isSending, setSending] = useState(false);
  const { number, subject, author, text } = thanks;

  const undo = async () => {
    setSending(true);
    const outcome = toOutcome(await takeAsReply({ id: thanks.id }), (data) => data.takeAsReply);
    setSending(false);
    if (outcome.kind === "done") showToast(t`#${outcome.value.number} waits since that message`);
    else showToast(outcome.kind === "refused" ? outcome.problem.message : t`That did not arrive. Please try again.`);
    onTaken();
  };

  return (
    <li>
      <header>
        <Link to="/tickets/$number" params={{ number: String(number) }}>
          <span className="num">#{number}</span> {subject}
        </Link>
        <span className="faint">
          {author.name} · <Time at={thanks.at} />
          {thanks.avoided && (
            <>
              {" · "}
              <Trans>not reopened</Trans>
            </>
          )}
        </span>
      </header>
      {text === null ? (
        <p className="thanks-button-text">
          <Trans>Pressed “Thanks, all fine”</Trans>
        </p>
      ) : (
        <PlainText text={text} />
      )}
      {thanks.wasReplyAt ? (
        <p className="faint">
          <Trans>
            {thanks.wasReplyBy} said that it was a reply <Time at={thanks.wasReplyAt} />
          </Trans>
        </p>
      ) : (
        text !== null && (
          <Button
            look="quiet"
            isDisabled={isSending}
            aria-label={t`This was a reply, on #${number}`}
            onClick={() => void undo()}
          >
            <Trans>This was a reply</Trans>
          </Button>
        )
      )}
    </li>
  );
}
