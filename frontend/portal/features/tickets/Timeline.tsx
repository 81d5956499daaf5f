import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { attachmentList } from "../../../shared/attachments/slots.ts";
import { toFailure } from "../../../shared/gql/problem.ts";
import { MessageText } from "../../../shared/secrets/MessageText.tsx";
import type { SecretPartsFragment } from "../../../shared/secrets/secrets.gen.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { PlainText } from "../../../shared/ui/PlainText.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { useVisitor } from "../../visitor.ts";
import {
  type HistoryEntryPartsFragment,
  type MessagePartsFragment,
  TicketLaterTimelineDocument,
  type TicketPagePartsFragment,
  type TimelinePartsFragment,
} from "./ticket.gen.ts";

type Secrets = readonly SecretPartsFragment[];

/** An answer on its way to the server. */
export interface Sending {
  body: string;
  /** How many messages the conversation had when it was sent: one more by the reader means that it has arrived. */
  after: number;
}

interface Props {
  ticket: TicketPagePartsFragment;
  changes: number;
  sending: Sending | undefined;
}

export function Timeline({ ticket, changes, sending }: Props) {
  const { t } = useLingui();
  const isOnItsWay = sending && countMessages(ticket.timeline) <= sending.after;
  return (
    <section aria-label={t`Conversation`}>
      <ol className="timeline">
        <TimelineRows timeline={ticket.timeline} number={ticket.number} changes={changes} secrets={ticket.secrets} />
        {isOnItsWay && <OwnMessageOnItsWay body={sending.body} />}
      </ol>
      <Announcement timeline={ticket.timeline} />
    </section>
  );
}

export function countMessages(timeline: TimelinePartsFragment): number {
  return timeline.edges.filter((edge) => edge.node.__typename === "Message").length;
}

interface RowsProps {
  timeline: TimelinePartsFragment;
  number: number;
  changes: number;
  secrets: Secrets;
}

function TimelineRows({ timeline, number, changes, secrets }: RowsProps) {
  const { hasNextPage, endCursor } = timeline.pageInfo;
  return (
    <>
      {timeline.edges.map(({ node }) =>
        node.__typename === "Message" ? (
          <MessageRow key={node.id} message={node} secrets={secrets} />
        ) : (
          <li key={node.id} className="entry">
            <span>
              <Sentence entry={node} />
            </span>{" "}
            · {node.by && `${node.by.name} · `}
            <Time at={node.at} />
          </li>
        ),
      )}
      {hasNextPage && endCursor && <LaterRows number={number} after={endCursor} changes={changes} secrets={secrets} />}
    </>
  );
}

/** A piece of history; where it tells of another request it leads there. */
function Sentence({ entry }: { entry: HistoryEntryPartsFragment }) {
  const { sentence, otherNumber } = entry;
  const mark = `#${otherNumber}`;
  const at = otherNumber === null ? -1 : sentence.indexOf(mark);
  if (at < 0) return sentence;
  return (
    <>
      {sentence.slice(0, at)}
      <Link to="/tickets/$number" params={{ number: String(otherNumber) }}>
        {mark}
      </Link>
      {sentence.slice(at + mark.length)}
    </>
  );
}

/** The next page of a conversation of more than a hundred items, and through it the ones after. */
function LaterRows({ number, after, changes, secrets }: Omit<RowsProps, "timeline"> & { after: string }) {
  const [{ data, error }, refetch] = useQuery({ query: TicketLaterTimelineDocument, variables: { number, after } });
  const seen = useRef(changes);
  useEffect(() => {
    if (seen.current === changes) return;
    seen.current = changes;
    refetch({ requestPolicy: "network-only" });
  }, [changes, refetch]);

  if (data?.ticket) {
    return <TimelineRows timeline={data.ticket.timeline} number={number} changes={changes} secrets={secrets} />;
  }
  return (
    <li>
      {error ? (
        <ErrorState failure={toFailure(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
      ) : (
        <Skeleton />
      )}
    </li>
  );
}

function MessageRow({ message, secrets }: { message: MessagePartsFragment; secrets: Secrets }) {
  const { viewer } = useVisitor();
  const { author } = message;
  const isOwn = author.side === "CLIENT" && author.id === viewer?.id;
  return (
    <li className="message" data-side={author.side}>
      <article aria-label={author.name}>
        <header>
          <strong>{isOwn ? <Trans>You</Trans> : author.name}</strong>
          {author.side === "CLIENT" && <VerificationBadge level={message.level} attestation={message.attestation} />}
          <Time at={message.at} />
          {message.channel === "EMAIL" &&
            (author.side === "CLIENT" && message.level === "NONE" ? (
              <Trans>by plain e-mail, nothing proved</Trans>
            ) : (
              <Trans>by e-mail</Trans>
            ))}
          {message.thanks && (
            <span className="thanks-mark">
              <Trans>thanks</Trans>
            </span>
          )}
        </header>
        <MessageText text={message.body} messageId={message.id} secrets={secrets} />
        {message.attachments.length > 0 && <attachmentList.Slot attachments={message.attachments} />}
      </article>
    </li>
  );
}

function OwnMessageOnItsWay({ body }: { body: string }) {
  const { t } = useLingui();
  return (
    <li className="message" data-side="CLIENT" data-sending>
      <article aria-label={t`You`}>
        <header>
          <strong>
            <Trans>You</Trans>
          </strong>
          <span>
            <Trans>Sending</Trans>
          </span>
        </header>
        <PlainText text={body} />
      </article>
    </li>
  );
}

/** Tells those who hear the page that somebody has answered; nothing on screen moves for it. */
function Announcement({ timeline }: { timeline: TimelinePartsFragment }) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const last = timeline.edges.findLast((edge) => edge.node.__typename === "Message")?.node;
  const lastSeen = useRef(last?.id);
  useEffect(() => {
    if (!last || last.id === lastSeen.current) return;
    lastSeen.current = last.id;
    if (last.__typename === "Message" && last.author.side !== "CLIENT") {
      const { name } = last.author;
      setWords(t`New message from ${name}`);
    }
  }, [last, t]);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}
