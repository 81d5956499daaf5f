import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Meaning } from "../shared/gql/schema.gen.ts";
import { Time } from "../shared/ui/Time.tsx";
import { StandingWords } from "./StandingWords.tsx";
import type { TicketLinePartsFragment } from "./ticketLine.gen.ts";

/** The order in which a client cares: what waits for them, what is being done, what is over. */
const rank: Record<Meaning, number> = { WAITING_FOR_CLIENT: 0, NEW: 1, OPEN: 1, ON_HOLD: 2, SOLVED: 3, CLOSED: 4 };

export function openFirst(tickets: readonly TicketLinePartsFragment[]): TicketLinePartsFragment[] {
  return tickets.toSorted((one, other) => rank[one.status.meaning] - rank[other.status.meaning]);
}

/** A request as a row: what it is about, and how it stands in plain words; `children` say more of that. */
export function TicketLine({ ticket, children }: { ticket: TicketLinePartsFragment; children?: ReactNode }) {
  return (
    <li className="ticket-line">
      <Link to="/tickets/$number" params={{ number: String(ticket.number) }}>
        <span className="subject">{ticket.subject}</span>
        <span className="standing" data-meaning={ticket.status.meaning}>
          <StandingWords ticket={ticket} />
          {children}
        </span>
        <span className="facts num">
          #{ticket.number} · {ticket.department.name} · <Time at={ticket.lastActivityAt} />
        </span>
      </Link>
    </li>
  );
}
