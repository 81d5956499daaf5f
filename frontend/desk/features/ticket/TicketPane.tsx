import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useMutation, useQuery, useSubscription } from "urql";
import { type Outcome, toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { useActions } from "../../../shared/keyboard/actions.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { lazySlot } from "../../../shared/ui/lazySlot.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useDesk } from "../../desk.ts";
import { PaneBack } from "../../PaneBack.tsx";
import "../../css/ticket.css";
import { ClientPanel } from "./ClientPanel.tsx";
import { Composer, type ComposerHandle, type Sending } from "./Composer.tsx";
import { useTicketChanges } from "./changes.ts";
import { useMoves } from "./moves/useMoves.tsx";
import { useRoutingChanges } from "./routingChanges.ts";
import { showsProject, TicketHeader } from "./TicketHeader.tsx";
import type { PickerKind } from "./TicketPickers.tsx";
import { Timeline, type TimelineHandle } from "./Timeline.tsx";
import {
  DeskAddNoteDocument,
  DeskReplyDocument,
  DeskTicketChangedDocument,
  DeskTicketDocument,
  type DeskTicketQuery,
  MembersDocument,
  type WaitingReplyPartsFragment,
} from "./ticket.gen.ts";
import { useTicketActionList } from "./ticketActions.ts";
import { useWaitingReplies } from "./useWaitingReplies.ts";

const besideTicket = lazySlot(() => import("./BesideTicket.tsx").then((module) => module.BesideTicket));
const pinDialog = lazySlot(() => import("./PinDialog.tsx").then((module) => module.PinDialog));
const pickers = lazySlot(() => import("./TicketPickers.tsx").then((module) => module.TicketPickers));

interface Props {
  number: number;
  onBack: () => void;
}

export function TicketPane({ number, onBack }: Props) {
  const { t } = useLingui();
  const [{ data, error }, ask] = useQuery({ query: DeskTicketDocument, variables: { number } });
  useSubscription({ query: DeskTicketChangedDocument, variables: { number } });

  if (data?.ticket) return <OpenTicket key={data.ticket.id} ticket={data.ticket} onBack={onBack} />;
  return (
    <section className="pane ticket-pane" aria-label={t`Ticket`}>
      <div className="grid gap-2 p-6">
        <PaneBack to={onBack} />
        {data ? (
          <EmptyState title={<h1>{t`There is no ticket #${number}`}</h1>}>
            <Button onClick={onBack}>
              <Trans>Back to the queue</Trans>
            </Button>
          </EmptyState>
        ) : error ? (
          <ErrorState failure={toFailure(error)} onRetry={() => ask({ requestPolicy: "network-only" })} />
        ) : (
          <Skeleton lines={[30, 80, 55, 95, 90]} />
        )}
      </div>
    </section>
  );
}

type Ticket = NonNullable<DeskTicketQuery["ticket"]>;

function OpenTicket({ ticket, onBack }: { ticket: Ticket; onBack: () => void }) {
  const { t } = useLingui();
  const { viewer, company } = useDesk();
  const [{ data: staff }] = useQuery({ query: MembersDocument, requestPolicy: "cache-first" });
  const members = staff?.members ?? [];
  const me = members.find((member) => member.you);
  const isMine = ticket.assignee !== null && ticket.assignee.id === viewer.id;
  const changes = useTicketChanges(ticket, members);
  const routing = useRoutingChanges(ticket);
  const [problem, setProblem] = useState<string>();
  const [sending, setSending] = useState<Sending & { after: number }>();
  const [picker, setPicker] = useState<PickerKind>();
  const [hearsPin, setHearsPin] = useState(false);
  const [showsClient, setShowsClient] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const conversation = useRef<TimelineHandle>(null);
  const [, reply] = useMutation(DeskReplyDocument);
  const [, addNote] = useMutation(DeskAddNoteDocument);
  const moves = useMoves(ticket);
  useEffect(pickers.preload, []);

  const anchors = {
    assign: useRef<HTMLButtonElement>(null),
    transfer: useRef<HTMLButtonElement>(null),
    status: useRef<HTMLButtonElement>(null),
    priority: useRef<HTMLButtonElement>(null),
    category: useRef<HTMLButtonElement>(null),
    project: useRef<HTMLButtonElement>(null),
  };
  const tell = (outcome: Outcome<unknown>) => {
    if (outcome.kind === "done") setProblem(undefined);
    else if (outcome.kind === "refused") setProblem(outcome.problem.message);
    else if (outcome.failure.kind === "offline") setProblem(t`No connection. Nothing was changed.`);
    else
      setProblem(t`Nothing was changed: something went wrong on our side (error ${outcome.failure.errorId ?? "?"}).`);
  };

  const askForProof = (departmentId?: string) => void changes.askForProof(departmentId).then(tell);
  const actions = useTicketActionList(ticket, {
    write: (tab) => composer.current?.open(tab),
    pick: setPicker,
    askForProof: () => askForProof(),
    hearPin: ticket.client && company.proofMethods.includes("PIN") ? () => setHearsPin(true) : undefined,
    // Before the staff is known there is nobody to assign to, and the action is not offered.
    takeIt: me && !isMine ? () => void changes.assign(me.id).then(tell) : undefined,
    takeOver: () => void routing.takeOver().then(tell),
    handBack: () => void routing.handBack().then(tell),
  });
  useActions([
    ...Object.values(actions),
    {
      id: "ticket.client",
      name: t`Show the client`,
      group: actions.reply.group,
      keys: "c",
      perform: () => setShowsClient((before) => !before),
    },
    {
      id: "ticket.askForSecret",
      name: t`Ask for a secret`,
      group: actions.reply.group,
      keys: "shift+k",
      isEnabled: ticket.abilities.askForSecret,
      perform: () => {
        setShowsClient(true);
        // The panel may have been hidden: its field takes the hands when it is on the screen.
        requestAnimationFrame(() => document.querySelector<HTMLElement>(".secret-ask input")?.focus());
      },
    },
  ]);

  // What is on its way is gone from there once it has arrived, be it before the server's answer.
  const own = ticket.timeline.edges.filter(
    ({ node }) => node.__typename === "Message" && node.author.id === viewer.id,
  ).length;
  const isOnItsWay = sending !== undefined && own <= sending.after;
  const messages = ticket.timeline.edges.flatMap(({ node }) => (node.__typename === "Message" ? [node.id] : []));
  // A conversation of several pages shows its end elsewhere: what was read of it is not known here.
  const lastId = ticket.timeline.pageInfo.hasNextPage ? null : (messages.at(-1) ?? null);
  const waiting = useWaitingReplies(ticket.number, tell);
  const send = async (message: Sending): Promise<Outcome<unknown>> => {
    setSending({ ...message, after: own });
    const { number } = ticket;
    const { body, status, idempotencyKey, withoutProof, sendAnyway } = message;
    const attachments = [...message.attachments];
    const outcome =
      message.tab === "note"
        ? toOutcome(await addNote({ number, body, sendAnyway, attachments }), (data) => data.addNote)
        : toOutcome(
            await reply({
              number,
              body,
              status: status ?? null,
              idempotencyKey,
              withoutProof,
              secrets: [...message.secrets],
              attachments,
              sendAnyway,
              seenId: message.seenId,
              answerAnyway: message.answerAnyway,
            }),
            (data) => {
              if (data.reply.__typename === "SendReplySuccess" && data.reply.waiting)
                waiting.announce(data.reply.waiting as WaitingReplyPartsFragment);
              return data.reply;
            },
          );
    setSending(undefined);
    return outcome;
  };

  return (
    <>
      <section className="pane ticket-pane" aria-label={t`Ticket #${ticket.number}`}>
        <TicketHeader
          ticket={ticket}
          actions={actions}
          isMine={isMine}
          onOutcome={tell}
          anchors={anchors}
          start={<PaneBack to={onBack} />}
          end={
            <>
              {moves.button}
              <button
                type="button"
                className="client-toggle"
                aria-expanded={showsClient}
                onClick={() => setShowsClient((before) => !before)}
              >
                <Trans>Client</Trans>
              </button>
            </>
          }
        />
        {problem && (
          <div className="ticket-problem">
            <Banner tone="urgent" isAlert>
              <span className="flex-1">{problem}</span>
              <button type="button" className="link" onClick={() => setProblem(undefined)}>
                <Trans>Dismiss</Trans>
              </button>
            </Banner>
          </div>
        )}
        <besideTicket.Slot number={ticket.number} happened={ticket.timeline.edges.length} onOutcome={tell} />
        {moves.around(
          <Timeline
            ref={conversation}
            ticket={ticket}
            sending={isOnItsWay ? { ...sending, author: viewer.name } : undefined}
            onUndo={(id) => void waiting.undo(id)}
            onGo={(id) => void waiting.go(id)}
          />,
        )}
        {moves.instead ?? (
          <Composer
            ref={composer}
            ticket={ticket}
            lastId={lastId}
            onLook={() => conversation.current?.showEnd()}
            onAsk={() => askForProof()}
            onSend={send}
          />
        )}
        {moves.picker}
        {picker && (
          <pickers.Slot
            kind={picker}
            ticket={ticket}
            members={members}
            changes={changes}
            routing={routing}
            onAsk={askForProof}
            anchor={anchors[picker === "project" && !showsProject(ticket) ? "category" : picker]}
            onClose={() => setPicker(undefined)}
            onOutcome={tell}
          />
        )}
      </section>
      {hearsPin && ticket.client && (
        <pinDialog.Slot number={ticket.number} client={ticket.client.name} onClose={() => setHearsPin(false)} />
      )}
      <ClientPanel ticket={ticket} pin={actions.pin} isShown={showsClient} onClose={() => setShowsClient(false)} />
    </>
  );
}
