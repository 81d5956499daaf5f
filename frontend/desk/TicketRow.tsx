import { Trans, useLingui } from "@lingui/react/macro";
import { type CSSProperties, memo } from "react";
import { reaches } from "../shared/levels.ts";
import { Elapsed, Time } from "../shared/ui/Time.tsx";
import { VerificationBadge } from "../shared/ui/VerificationBadge.tsx";
import { Avatar } from "./Avatar.tsx";
import { categoryNames } from "./categories.ts";
import { priorityNames } from "./priorities.ts";
import type { RowPartsFragment } from "./row.gen.ts";

export const ROW_HEIGHT = 44;

interface Props {
  id: string;
  ticket: RowPartsFragment;
  index: number;
  /** `wait`: how long the client has been waiting; `activity`: when something last happened. */
  shows: "wait" | "activity";
  showsDepartment: boolean;
  showsStatus: boolean;
  isOpen: boolean;
  isCursor: boolean;
  isFresh: boolean;
  style?: CSSProperties;
  onOpen: (number: number) => void;
}

/** A ticket in a list, in two lines. */
export const TicketRow = memo(function TicketRow(props: Props) {
  const { t } = useLingui();
  const { ticket, isOpen } = props;
  const { number, subject, requester, client, assignee, priority, waitingSince } = ticket;
  const isPressing = priority === "CRITICAL" || priority === "URGENT" || priority === "HIGH";
  const lacksProof = !reaches(ticket.level, ticket.requiredLevel);

  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names this row as its active one.
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index + 1}
      aria-selected={isOpen}
      className="ticket-row"
      data-priority={priority}
      data-cursor={props.isCursor || undefined}
      data-fresh={props.isFresh || undefined}
      data-id={ticket.id}
      style={props.style}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above. */}
      <div role="gridcell" className="contents">
        <span className="edge" />
        <VerificationBadge level={ticket.level} attestation={ticket.attestation} isFocusable={false} />
        <a
          className="subject"
          href={`/desk/tickets/${number}`}
          tabIndex={-1}
          title={subject}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
            event.preventDefault();
            props.onOpen(number);
          }}
        >
          {subject}
        </a>
        <span className="when num">
          {props.shows === "wait" && waitingSince ? (
            <Elapsed since={waitingSince} />
          ) : (
            <Time at={ticket.lastActivityAt} style="narrow" />
          )}
        </span>
        <span className="who">
          {requester.name}
          {lacksProof && (
            <>
              {" · "}
              <em>
                <Trans>proof needed</Trans>
              </em>
            </>
          )}
          {client && client.name !== requester.name && <> · {client.name}</>}
          {!client && ticket.channel === "EMAIL" && (
            <>
              {" · "}
              <Trans>by e-mail</Trans>
            </>
          )}
          {props.showsDepartment && <> · {ticket.department.name}</>}
          {ticket.category !== "QUESTION" && <> · {t(categoryNames[ticket.category])}</>}
        </span>
        <span className="meta num">
          {props.showsStatus && <span>{ticket.status.name}</span>}
          {ticket.breachAt && (
            <strong>
              <Trans>
                due <Time at={ticket.breachAt} style="narrow" />
              </Trans>
            </strong>
          )}
          {isPressing && <strong>{t(priorityNames[priority])}</strong>}
          {assignee && <Avatar name={assignee.name} size="s" isNamed />}
          <span>#{number}</span>
        </span>
      </div>
    </div>
  );
});
