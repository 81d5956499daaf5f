import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode, Ref } from "react";
import type { Outcome } from "../../../shared/gql/problem.ts";
import type { Meaning } from "../../../shared/gql/schema.gen.ts";
import type { Action } from "../../../shared/keyboard/actions.ts";
import { reaches } from "../../../shared/levels.ts";
import { Time } from "../../../shared/ui/Time.tsx";
import { Tooltip } from "../../../shared/ui/Tooltip.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { whole } from "../../../shared/ui/whole.ts";
import { categoryNames } from "../../categories.ts";
import { priorityNames } from "../../priorities.ts";
import { ChannelWords } from "./MessageItem.tsx";
import { ProofBanner } from "./ProofBanner.tsx";
import type { PickerKind } from "./TicketPickers.tsx";
import { Timers } from "./Timers.tsx";
import type { DeskTicketPartsFragment, DeskTicketQuery } from "./ticket.gen.ts";
import type { TicketActions } from "./ticketActions.ts";
import { WhoHasIt } from "./WhoHasIt.tsx";

const tones: Record<Meaning, string> = {
  NEW: "open",
  OPEN: "open",
  WAITING_FOR_CLIENT: "wait",
  ON_HOLD: "plain",
  SOLVED: "good",
  CLOSED: "plain",
};

interface Props {
  ticket: NonNullable<DeskTicketQuery["ticket"]>;
  actions: TicketActions;
  isMine: boolean;
  onOutcome: (outcome: Outcome<unknown>) => void;
  /** Where each picker opens. */
  anchors: Record<PickerKind, Ref<HTMLButtonElement>>;
  /** Stand at the two ends of the first line. */
  start: ReactNode;
  end: ReactNode;
}

export function TicketHeader({ ticket, actions, isMine, onOutcome, anchors, start, end }: Props) {
  const { t } = useLingui();
  const { number, department, kind, assignee, level, priority } = ticket;
  const status = ticket.status;

  return (
    <header className="ticket-head">
      <div className="crumb">
        {start}
        <span className="num">#{number}</span>
        <Pill look="crumb" action={actions.transfer} anchor={anchors.transfer}>
          {department.name}
        </Pill>
        <span className="opened">
          <Trans>
            opened <Time at={ticket.openedAt} /> <ChannelWords channel={ticket.channel} />
          </Trans>
        </span>
        {end}
      </div>
      <h1 tabIndex={-1}>{whole(ticket.subject)}</h1>
      <div className="pills">
        <Pill tone={tones[status.meaning]} action={actions.status} anchor={anchors.status}>
          {status.name}
        </Pill>
        <Timers ticket={ticket} onOutcome={onOutcome} />
        <span className="pill" data-tone={reaches(level, "CARD") ? "good" : "plain"}>
          <VerificationBadge level={level} attestation={ticket.attestation} withWords />
        </span>
        {kind && <span className="pill">{kind.name}</span>}
        <Pill action={actions.category} anchor={anchors.category}>
          {t(categoryNames[ticket.category])}
        </Pill>
        {showsProject(ticket) && (
          <Pill action={actions.project} anchor={anchors.project}>
            {ticket.project ? ticket.project.name : <Trans>No project</Trans>}
          </Pill>
        )}
        <Pill
          tone={priority === "CRITICAL" || priority === "URGENT" ? "urgent" : priority === "HIGH" ? "wait" : "plain"}
          action={actions.priority}
          anchor={anchors.priority}
        >
          <Trans>{t(priorityNames[priority])} priority</Trans>
        </Pill>
        <Pill action={actions.assign} anchor={anchors.assign}>
          {isMine ? (
            <Trans>Assigned to you</Trans>
          ) : assignee ? (
            <Trans>Assigned to {assignee.name}</Trans>
          ) : (
            <Trans>Unassigned</Trans>
          )}
        </Pill>
        {!isMine && actions.take.isEnabled && (
          <Pill look="do" action={actions.take}>
            <Trans>Take it</Trans>
          </Pill>
        )}
        {ticket.satisfiedAt && (
          <span className="pill" data-tone="good">
            <span>
              <Trans>
                Satisfied <Time at={ticket.satisfiedAt} />
              </Trans>
            </span>
          </span>
        )}
        {ticket.tags.map((tag) => (
          <span key={tag} className="pill">
            {tag}
          </span>
        ))}
      </div>
      <WhoHasIt ticket={ticket} actions={actions} />
      <ProofBanner ticket={ticket} ask={actions.ask} />
      <Related ticket={ticket} />
    </header>
  );
}

function Related({ ticket }: { ticket: DeskTicketPartsFragment }) {
  const { followUpOf, followUps, splitFrom, splitOff, mergedHere } = ticket;
  return (
    <>
      <Relatives words={<Trans>Goes on from</Trans>} tickets={followUpOf ? [followUpOf] : []} />
      <Relatives words={<Trans>Went on in</Trans>} tickets={followUps} />
      <Relatives words={<Trans>Split off from</Trans>} tickets={splitFrom ? [splitFrom] : []} />
      <Relatives words={<Trans>Split off:</Trans>} tickets={splitOff} />
      <Relatives words={<Trans>Merged into this one:</Trans>} tickets={mergedHere} />
    </>
  );
}

function Relatives({
  words,
  tickets,
}: {
  words: ReactNode;
  tickets: { id: string; number: number; subject: string }[];
}) {
  if (tickets.length === 0) return null;
  return (
    <p className="related">
      {words}{" "}
      {tickets.map((each, index) => (
        <span key={each.id}>
          {index > 0 && ", "}
          <TicketLink ticket={each} />
        </span>
      ))}
    </p>
  );
}

function TicketLink({ ticket }: { ticket: { number: number; subject: string } }) {
  return (
    <Link to="/tickets/$number" params={{ number: String(ticket.number) }} className="link">
      #{ticket.number} {ticket.subject}
    </Link>
  );
}

/** Whether the project stands in the header; else it is chosen from where the category is. */
export function showsProject(ticket: Pick<DeskTicketPartsFragment, "project" | "category">): boolean {
  return ticket.project !== null || ticket.category === "PROJECT_MESSAGE";
}

interface PillProps {
  action: Action;
  tone?: string;
  look?: "pill" | "crumb" | "do";
  anchor?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** A fact that is also the way to change it; where it may not be changed it is a fact alone. */
function Pill({ action, tone = "plain", look = "pill", anchor, children }: PillProps) {
  if (action.isEnabled === false) {
    return (
      <span className={look === "crumb" ? undefined : "pill"} data-tone={tone}>
        {children}
      </span>
    );
  }
  return (
    <Tooltip label={action.name} keys={action.keys}>
      <button
        ref={anchor}
        type="button"
        className={look === "crumb" ? "crumb-button" : "pill"}
        data-look={look}
        data-tone={tone}
        onClick={action.perform}
      >
        {children}
      </button>
    </Tooltip>
  );
}
