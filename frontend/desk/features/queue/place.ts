import type { Category, Priority, QueueView } from "../../../shared/gql/schema.gen.ts";
import type { RowPartsFragment } from "../../row.gen.ts";

/** Which tickets a list shows; `departmentId` null is all departments. */
export interface QueueFilter {
  departmentId: string | null;
  view: QueueView;
  mine: boolean;
  unassigned: boolean;
  /** Null is every category. */
  category: Category | null;
}

/** What of a ticket decides where it stands in a list. */
export type Placed = Pick<
  RowPartsFragment,
  "id" | "priority" | "channel" | "waitingSince" | "lastActivityAt" | "breachAt"
>;

/** What of a ticket decides in which lists it stands. */
export type Sorted = Pick<RowPartsFragment, "status" | "department" | "assignee" | "category" | "breachAt">;

const FAR = "9999-12-31T00:00:00Z";
const urgency: Record<Priority, number> = { CRITICAL: 0, URGENT: 1, HIGH: 2, MEDIUM: 3, LOW: 4 };

/**
 * The server's own order, so that a live change lands where a fresh fetch would put it. Who waits comes before who was
 * answered, then urgency, portal before mail, longest wait first; every other view is by latest activity.
 */
export function compareIn(view: QueueView): (one: Placed, other: Placed) => number {
  if (view === "BREACH_NEAR") return byBreach;
  return view === "WAITING" ? byFairness : byActivity;
}

function byBreach(one: Placed, other: Placed): number {
  return compareTimes(one.breachAt ?? FAR, other.breachAt ?? FAR) || compareText(one.id, other.id);
}

function byFairness(one: Placed, other: Placed): number {
  return (
    rank(one) - rank(other) ||
    compareTimes(one.waitingSince ?? one.lastActivityAt, other.waitingSince ?? other.lastActivityAt) ||
    compareText(one.id, other.id)
  );
}

function byActivity(one: Placed, other: Placed): number {
  return compareTimes(other.lastActivityAt, one.lastActivityAt) || compareText(other.id, one.id);
}

function rank(ticket: Placed): number {
  const answered = ticket.waitingSince === null ? 100 : 0;
  return answered + urgency[ticket.priority] * 10 + (ticket.channel === "EMAIL" ? 1 : 0);
}

/** Times compare as moments; within the same millisecond the server's microseconds decide. */
function compareTimes(one: string, other: string): number {
  return Date.parse(one) - Date.parse(other) || compareText(one, other);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Whether the ticket is one of those that the list shows to this viewer. */
export function belongs(ticket: Sorted, filter: QueueFilter, viewerId: string | null): boolean {
  if (filter.departmentId !== null && ticket.department.id !== filter.departmentId) return false;
  if (filter.mine && ticket.assignee?.id !== viewerId) return false;
  if (filter.category !== null && ticket.category !== filter.category) return false;
  if (filter.unassigned && ticket.assignee !== null) return false;
  const { meaning } = ticket.status;
  switch (filter.view) {
    case "ALL":
      return true;
    case "BREACH_NEAR":
      return ticket.breachAt !== null;
    case "WAITING":
      return meaning === "NEW" || meaning === "OPEN";
    default:
      return meaning === filter.view;
  }
}
