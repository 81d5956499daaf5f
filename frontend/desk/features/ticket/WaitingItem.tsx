import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button } from "../../../shared/ui/Button.tsx";
import { PlainText } from "../../../shared/ui/PlainText.tsx";
import { Avatar } from "../../Avatar.tsx";
import type { WaitingReplyPartsFragment } from "./ticket.gen.ts";

interface Props {
  waiting: WaitingReplyPartsFragment;
  onUndo: (id: string) => void;
  onGo: (id: string) => void;
}

/** An answer that the client does not see yet: it leaves in some seconds, or was stopped and asks its author. */
export function WaitingItem({ waiting, onUndo, onGo }: Props) {
  const { t } = useLingui();
  const { id, author, body, stoppedWords, mine } = waiting;
  const left = useSecondsLeft(waiting.waitSeconds, id);
  const isStopped = waiting.stopped !== null;
  const name = author.name;
  return (
    <article className="message" data-side="STAFF" aria-label={t`Answer by ${name}, not sent yet`}>
      <Avatar name={name} size="m" />
      <div>
        <header>
          <strong>{name}</strong>
          <span className="faint">
            {isStopped ? (
              <Trans>did not leave</Trans>
            ) : left > 0 ? (
              <Trans>leaves in {left} s</Trans>
            ) : (
              <Trans>leaving</Trans>
            )}
          </span>
        </header>
        <PlainText text={body} />
        {isStopped && (
          <p className="mail-line" data-tone="urgent" role="alert">
            {stoppedWords}
          </p>
        )}
        {mine && (isStopped || left > 0) && (
          <p className="flex flex-wrap gap-2">
            {waiting.stopped === "client_wrote" && (
              <Button look="primary" onClick={() => onGo(id)}>
                <Trans>Answer anyway</Trans>
              </Button>
            )}
            <Button look="quiet" onClick={() => onUndo(id)}>
              {isStopped ? <Trans>Back to the draft</Trans> : <Trans>Undo</Trans>}
            </Button>
            {!isStopped && (
              <Button look="plain" onClick={() => onGo(id)}>
                <Trans>Send now</Trans>
              </Button>
            )}
          </p>
        )}
      </div>
    </article>
  );
}

/** Counted from when this screen heard of it: the clocks of server and screen need not agree. */
function useSecondsLeft(seconds: number, id: string): number {
  const [left, setLeft] = useState(Math.ceil(seconds));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer has another end.
  useEffect(() => {
    const end = Date.now() + seconds * 1000;
    setLeft(Math.ceil(seconds));
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 250);
    return () => clearInterval(timer);
  }, [seconds, id]);
  return left;
}
