import { Trans, useLingui } from "@lingui/react/macro";
import { attachmentList } from "../../../shared/attachments/slots.ts";
import type { MailStatePartsFragment } from "../../../shared/gql/fragments.gen.ts";
import type { Channel } from "../../../shared/gql/schema.gen.ts";
import { MessageText } from "../../../shared/secrets/MessageText.tsx";
import type { SecretPartsFragment } from "../../../shared/secrets/secrets.gen.ts";
import { PlainText } from "../../../shared/ui/PlainText.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { Avatar } from "../../Avatar.tsx";
import { ThanksLine } from "./ThanksLine.tsx";
import type { DeskMessagePartsFragment } from "./ticket.gen.ts";

interface Props {
  message: DeskMessagePartsFragment;
  secrets: readonly SecretPartsFragment[];
}

/** What one side wrote, with what was proved when it was written and how its mail fares. */
export function MessageItem({ message, secrets }: Props) {
  const { author } = message;
  if (message.kind === "NOTE") {
    return <NoteItem author={author.name} at={message.at} body={message.body} attachments={message.attachments} />;
  }
  return (
    <article className="message" data-side={author.side} aria-label={author.name}>
      <Avatar name={author.name} size="m" />
      <div>
        <header>
          <strong>{author.name}</strong>
          {author.side === "CLIENT" && <VerificationBadge level={message.level} attestation={message.attestation} />}
          <span className="faint">
            <Time at={message.at} /> ·{" "}
            {author.side === "CLIENT" && message.level === "NONE" ? (
              <UnprovedWords channel={message.channel} />
            ) : (
              <ChannelWords channel={message.channel} />
            )}
          </span>
        </header>
        <MessageText text={message.body} messageId={message.id} secrets={secrets} />
        {message.attachments.length > 0 && <attachmentList.Slot attachments={message.attachments} />}
        {message.thanks && <ThanksLine id={message.id} />}
        {message.mail && author.side === "STAFF" && <MailLine mail={message.mail} />}
      </div>
    </article>
  );
}

interface NoteProps {
  author: string;
  at: string | undefined;
  body: string;
  attachments?: DeskMessagePartsFragment["attachments"];
}

export function NoteItem({ author, at, body, attachments = [] }: NoteProps) {
  const { t } = useLingui();
  return (
    <article className="note" aria-label={t`Note by ${author}`}>
      <header>
        <strong>{author}</strong>{" "}
        <span className="faint">
          {at && (
            <>
              <Time at={at} />,{" "}
            </>
          )}
          <Trans>only staff</Trans>
        </span>
      </header>
      <PlainText text={body} />
      {attachments.length > 0 && <attachmentList.Slot attachments={attachments} />}
    </article>
  );
}

/** Written here and on its way: it already stands where it will stand. */
export function SendingItem({ author, body, isNote }: { author: string; body: string; isNote: boolean }) {
  if (isNote) {
    return (
      <div className="sending">
        <NoteItem author={author} at={undefined} body={body} />
      </div>
    );
  }
  return (
    <article className="message sending" aria-label={author}>
      <Avatar name={author} size="m" />
      <div>
        <header>
          <strong>{author}</strong>
          <span className="faint">
            <Trans>sending</Trans>
          </span>
        </header>
        <PlainText text={body} />
      </div>
    </article>
  );
}

/** Anyone could have written it. */
function UnprovedWords({ channel }: { channel: Channel }) {
  if (channel === "EMAIL") return <Trans>by plain e-mail, nothing proved</Trans>;
  return <Trans>on the portal, nothing proved</Trans>;
}

export function ChannelWords({ channel }: { channel: Channel }) {
  if (channel === "EMAIL") return <Trans>by e-mail</Trans>;
  if (channel === "PORTAL") return <Trans>on the portal</Trans>;
  return <Trans>from the desk</Trans>;
}

export function MailLine({ mail }: { mail: MailStatePartsFragment }) {
  const { recipient, state, reason } = mail;
  if (state === "refused") {
    return (
      <p className="mail-line" data-tone="urgent">
        <Trans>The mail to {recipient} was refused.</Trans> {reason}
      </p>
    );
  }
  return (
    <p className="mail-line">
      {state === "sent" ? (
        <Trans>
          Mailed to {recipient} <Time at={mail.at} />
        </Trans>
      ) : (
        <Trans>The mail to {recipient} is on its way</Trans>
      )}
    </p>
  );
}
