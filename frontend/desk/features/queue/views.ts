import { msg } from "@lingui/core/macro";
import type { Category, QueueView } from "../../../shared/gql/schema.gen.ts";
import { categories } from "../../categories.ts";
import type { QueueFilter } from "./place.ts";
import type { ViewCountsQuery } from "./queue.gen.ts";

/** The part of a queue's address behind the question mark. What is usual is left out, so that addresses stay short. */
export interface QueueSearch {
  view?: QueueView | undefined;
  mine?: true | undefined;
  unassigned?: true | undefined;
  category?: Category | undefined;
  /** The number of the open ticket. */
  ticket?: number | undefined;
}

export const viewNames = {
  WAITING: msg`Waiting for us`,
  WAITING_FOR_CLIENT: msg`Waiting for the client`,
  ON_HOLD: msg`On hold`,
  SOLVED: msg`Solved`,
  CLOSED: msg`Closed`,
  BREACH_NEAR: msg`Promise in danger`,
  ALL: msg`Everything`,
} satisfies Record<QueueView, unknown>;

export const views = Object.keys(viewNames) as QueueView[];

export function parseQueueSearch(search: Record<string, unknown>): QueueSearch {
  const view = views.find((each) => each.toLowerCase() === String(search["view"]).toLowerCase());
  return {
    view: view === "WAITING" ? undefined : view,
    mine: isYes(search["mine"]),
    unassigned: isYes(search["unassigned"]),
    category: categories.find((each) => each.toLowerCase() === String(search["category"]).toLowerCase()),
    ticket: parseNumber(search["ticket"]),
  };
}

/** A ticket's number as people type it: 2287 or "#2287". */
export function parseNumber(value: unknown): number | undefined {
  const number = Number(String(value).replace(/^#/, "").trim() || Number.NaN);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

export function toFilter(departmentId: string, search: QueueSearch): QueueFilter {
  return {
    departmentId: departmentId === "all" ? null : departmentId,
    view: search.view ?? "WAITING",
    mine: search.mine ?? false,
    unassigned: search.unassigned ?? false,
    category: search.category ?? null,
  };
}

/** How many tickets a list holds; undefined where the server does not count it (closed tickets, say). */
export function countOf(counts: ViewCountsQuery["viewCounts"], filter: QueueFilter): number | undefined {
  // What is of one category alone is not counted.
  if (filter.category !== null) return undefined;
  const alike = counts.filter(
    ({ view, mine, unassigned }) => view === filter.view && mine === filter.mine && unassigned === filter.unassigned,
  );
  const exact = alike.find(({ departmentId }) => departmentId === filter.departmentId);
  if (exact) return exact.count;
  // Departments in which nothing is left are not listed.
  if (filter.view === "CLOSED" || filter.view === "ALL") return undefined;
  return filter.departmentId === null ? alike.reduce((sum, { count }) => sum + count, 0) : 0;
}

function isYes(value: unknown): true | undefined {
  return value === true || value === "true" || value === 1 ? true : undefined;
}
