import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { lazySlot } from "../../../shared/ui/lazySlot.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import type { Sending } from "./Composer.tsx";
import { MailLine, MessageItem, SendingItem } from "./MessageItem.tsx";
import { HistoryItem } from "./moves/HistoryItem.tsx";
import { Pickable } from "./moves/Pickable.tsx";
import {
  type DeskHistoryPartsFragment,
  type DeskMessagePartsFragment,
  type DeskTicketQuery,
  DeskTimelineAfterDocument,
  type DeskTimelinePartsFragment,
  type WaitingReplyPartsFragment,
} from "./ticket.gen.ts";

const waitingItem = lazySlot(() => import("./WaitingItem.tsx").then((module) => module.WaitingItem));

type Ticket = NonNullable<DeskTicketQuery["ticket"]>;

interface Props {
  ticket: Ticket;
  sending: (Sending & { author: string }) | undefined;
  onUndo: (replyId: string) => void;
  onGo: (replyId: string) => void;
  ref?: Ref<TimelineHandle>;
}

export interface TimelineHandle {
  showEnd(): void;
}

/** The whole conversation, oldest first. It opens at its end and stays there while one reads there. */
export function Timeline({ ticket, sending, onUndo, onGo, ref }: Props) {
  const { t } = useLingui();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({ showEnd: () => scrollToEnd(scroller.current) }));
  const [isAtEnd, setAtEnd] = useState(true);
  const [hasNews, setNews] = useState(false);
  const atEnd = useRef(true);

  useLayoutEffect(() => {
    const element = content.current;
    if (!element) return;
    scrollToEnd(scroller.current);
    if (typeof ResizeObserver === "undefined") return;
    // What grows below the end (a new message, a page of an older conversation) is followed only by those who read there.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) scrollToEnd(scroller.current);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const count = ticket.timeline.edges.length + ticket.repliesWaiting.length + (sending ? 1 : 0);
  const shownCount = useRef(count);
  useEffect(() => {
    if (count > shownCount.current && !atEnd.current) setNews(true);
    shownCount.current = count;
    if (sending) scrollToEnd(scroller.current);
  }, [count, sending]);

  return (
    <div
      ref={scroller}
      className="timeline"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      role="log"
      aria-label={t`Conversation`}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < 48;
        setAtEnd(atEnd.current);
        if (atEnd.current) setNews(false);
      }}
    >
      <div ref={content} className="timeline-content">
        <TimelineItems
          timeline={ticket.timeline}
          secrets={ticket.secrets}
          receipt={ticket.receipt && <MailReceipt key="receipt" receipt={ticket.receipt} />}
        />
        {ticket.timeline.pageInfo.hasNextPage && ticket.timeline.pageInfo.endCursor && (
          <LaterPage
            number={ticket.number}
            after={ticket.timeline.pageInfo.endCursor}
            version={ticket.lastActivityAt}
            secrets={ticket.secrets}
          />
        )}
        {ticket.repliesWaiting.map((each) => (
          <waitingItem.Slot key={each.id} waiting={each as WaitingReplyPartsFragment} onUndo={onUndo} onGo={onGo} />
        ))}
        {sending && <SendingItem author={sending.author} body={sending.body} isNote={sending.tab === "note"} />}
      </div>
      {hasNews && !isAtEnd && (
        <button type="button" className="news" onClick={() => scrollToEnd(scroller.current)}>
          <Trans>New below</Trans> ↓
        </button>
      )}
    </div>
  );
}

function scrollToEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight;
}

interface LaterProps {
  number: number;
  after: string;
  version: string;
  secrets: Ticket["secrets"];
}

/** A conversation of more than a hundred entries goes on here; what is new is at its end, so all of it is fetched. */
function LaterPage({ number, after, version, secrets }: LaterProps) {
  const [{ data, error }, ask] = useQuery({ query: DeskTimelineAfterDocument, variables: { number, after } });
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current === version) return;
    shown.current = version;
    ask({ requestPolicy: "network-only" });
  }, [version, ask]);
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  const timeline = data?.ticket?.timeline;
  if (!timeline) return null;
  const { hasNextPage, endCursor } = timeline.pageInfo;
  return (
    <>
      <TimelineItems timeline={timeline} secrets={secrets} />
      {hasNextPage && endCursor && <LaterPage number={number} after={endCursor} version={version} secrets={secrets} />}
    </>
  );
}

interface ItemsProps {
  timeline: DeskTimelinePartsFragment;
  secrets: Ticket["secrets"];
  receipt?: ReactNode;
}

function TimelineItems({ timeline, secrets, receipt }: ItemsProps) {
  return timeline.edges.map(({ node }, index) => {
    const item =
      node.__typename === "Message" ? (
        <Pickable key={node.id} id={node.id} author={node.author.name} isNote={node.kind === "NOTE"}>
          <MessageItem message={node as DeskMessagePartsFragment} secrets={secrets} />
        </Pickable>
      ) : (
        <HistoryItem key={node.id} entry={node as DeskHistoryPartsFragment} />
      );
    return index === 0 && receipt ? [item, receipt] : item;
  });
}

function MailReceipt({ receipt }: { receipt: NonNullable<Ticket["receipt"]> }) {
  const { recipient } = receipt;
  if (receipt.state !== "sent") return <MailLine mail={receipt} />;
  return (
    <p className="history">
      <Time at={receipt.at} style="narrow" />
      <span>
        <Trans>Receipt sent to {recipient}</Trans>
      </span>
    </p>
  );
}
