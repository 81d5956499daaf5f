import type { Cache, UpdateResolver } from "@urql/exchange-graphcache";
import type { CacheRules } from "../../../shared/gql/client.ts";
import { type RowPartsFragment, RowPartsFragmentDoc } from "../../row.gen.ts";
import { belongs, compareIn, type Placed, type QueueFilter } from "./place.ts";
import {
  type QueueChangedSubscription,
  QueueEdgePartsFragmentDoc,
  type QueueQueryVariables,
  ViewCountsDocument,
} from "./queue.gen.ts";

/** The server's word for "changes may have been missed, read again". */
export const RESYNC = "Resync";

/**
 * Keeps every queue in the cache right as tickets change, whether the change was pushed, is the answer to an action, or
 * is a guess made ahead of that answer: the ticket leaves the lists that it no longer belongs to and enters the others
 * in its fair place. Nothing is fetched, and lists that do not change are not touched.
 */
export function queueRules(): CacheRules {
  const answered =
    (field: string): UpdateResolver =>
    (result, _args, cache) => {
      const value = result[field] as { __typename?: string; id?: string; ticket?: { id?: string } } | null;
      const id = value?.__typename === "Ticket" ? value.id : value?.ticket?.id;
      if (id) placeInLists(cache, id);
    };
  const pushed =
    (field: string): UpdateResolver =>
    (result, _args, cache) => {
      const change = result[field] as {
        number: number;
        type: string;
        ticket: { id: string } | null;
        counts?: DepartmentCounts[] | null;
      };
      if (change.ticket) placeInLists(cache, change.ticket.id);
      else if (change.type !== RESYNC) withdraw(cache, change.number);
      if (change.counts) count(cache, change.counts);
    };
  return {
    // The edge of a ticket is the same in every list, so a list can be changed by its keys alone.
    keys: { TicketEdge: (edge) => (edge as { node?: { id?: string } }).node?.id ?? null },
    updates: {
      Mutation: {
        reply: answered("reply"),
        addNote: answered("addNote"),
        assign: answered("assign"),
        transfer: answered("transfer"),
        setStatus: answered("setStatus"),
        setPriority: answered("setPriority"),
        setCategory: answered("setCategory"),
        setProject: answered("setProject"),
        takeOver: answered("takeOver"),
        handBack: answered("handBack"),
      },
      Subscription: { queueChanged: pushed("queueChanged"), ticketChanged: pushed("ticketChanged") },
    },
  };
}

type DepartmentCounts = NonNullable<QueueChangedSubscription["queueChanged"]["counts"]>[number];

/** What the departments hold now, in place of what was known of them; the others are as they were. */
function count(cache: Cache, changed: readonly DepartmentCounts[]): void {
  const departments = new Set<string | null>(changed.map((each) => each.departmentId));
  cache.updateQuery({ query: ViewCountsDocument }, (known) => {
    if (!known) return known;
    const others = known.viewCounts.filter((each) => !departments.has(each.departmentId));
    return { ...known, viewCounts: [...others, ...changed.flatMap((each) => each.counts)] };
  });
}

interface CachedPage {
  filter: QueueFilter;
  /** The cache's key of the page; its `edges` are the keys of the rows. */
  key: string;
  edges: readonly string[];
  hasNextPage: boolean;
  endCursor: string | null;
}

function placeInLists(cache: Cache, id: string): void {
  const row = cache.readFragment(RowPartsFragmentDoc, { __typename: "Ticket", id }) as RowPartsFragment | null;
  // An answer may hold fewer fields of a ticket that no list has shown yet; its own push follows.
  if (!row) return;
  const viewerId = cache.resolve(cache.resolve("Query", "viewer") as string | null, "id") as string | null;
  for (const pages of cachedLists(cache)) {
    const [first] = pages;
    if (first) place(cache, pages, row, belongs(row, first.filter, viewerId));
  }
}

function place(cache: Cache, pages: CachedPage[], row: RowPartsFragment, belongsHere: boolean): void {
  const compare = compareIn(pages[0]?.filter.view ?? "ALL");
  const edge = `TicketEdge:${row.id}`;
  const isBefore = (other: string) => {
    const placed = placedOf(cache, other);
    return placed !== null && compare(row, placed) < 0;
  };
  const target = belongsHere
    ? pages.find((page) => {
        const last = page.edges.findLast((each) => each !== edge);
        return !page.hasNextPage || (last !== undefined && isBefore(last));
      })
    : undefined;
  for (const page of pages) {
    const others = page.edges.filter((each) => each !== edge);
    if (page === target) {
      const at = firstIndex(others, isBefore);
      if (page.edges[at] === edge) continue;
      const data = { __typename: "TicketEdge" as const, node: { __typename: "Ticket" as const, id: row.id } };
      cache.writeFragment(QueueEdgePartsFragmentDoc, data);
      cache.link(page.key, "edges", others.toSpliced(at, 0, edge));
    } else if (others.length < page.edges.length) {
      cache.link(page.key, "edges", others);
    }
  }
}

/** A ticket that is no longer the viewer's to see goes from all lists. */
function withdraw(cache: Cache, number: number): void {
  for (const page of cachedLists(cache).flat()) {
    const others = page.edges.filter((edge) => cache.resolve(ticketOf(cache, edge), "number") !== number);
    if (others.length < page.edges.length) cache.link(page.key, "edges", others);
  }
}

/** The cached lists, each as its pages in order, as far as one page leads to the next. */
function cachedLists(cache: Cache): CachedPage[][] {
  const lists = new Map<string, Map<string | null, CachedPage>>();
  for (const { fieldName, fieldKey, arguments: args } of cache.inspectFields("Query")) {
    if (fieldName !== "queue" || !args) continue;
    const key = cache.resolve("Query", fieldKey);
    if (typeof key !== "string") continue;
    const {
      after = null,
      departmentId = null,
      category = null,
      view,
      mine,
      unassigned,
    } = args as unknown as QueueQueryVariables;
    const filter = { departmentId, view, mine, unassigned, category };
    const info = cache.resolve(key, "pageInfo") as string;
    const page: CachedPage = {
      filter,
      key,
      edges: cache.resolve(key, "edges") as string[],
      hasNextPage: cache.resolve(info, "hasNextPage") as boolean,
      endCursor: cache.resolve(info, "endCursor") as string | null,
    };
    const list = JSON.stringify(filter);
    lists.set(list, (lists.get(list) ?? new Map<string | null, CachedPage>()).set(after, page));
  }
  return [...lists.values()].map(inOrder);
}

function inOrder(pages: Map<string | null, CachedPage>): CachedPage[] {
  const chain: CachedPage[] = [];
  for (let page = pages.get(null); page && !chain.includes(page); ) {
    chain.push(page);
    page = page.hasNextPage && page.endCursor !== null ? pages.get(page.endCursor) : undefined;
  }
  return chain;
}

function ticketOf(cache: Cache, edge: string): string | null {
  return cache.resolve(edge, "node") as string | null;
}

function placedOf(cache: Cache, edge: string): Placed | null {
  const key = ticketOf(cache, edge);
  if (!key) return null;
  return {
    id: cache.resolve(key, "id") as string,
    priority: cache.resolve(key, "priority") as Placed["priority"],
    channel: cache.resolve(key, "channel") as Placed["channel"],
    waitingSince: cache.resolve(key, "waitingSince") as string | null,
    lastActivityAt: cache.resolve(key, "lastActivityAt") as string,
    breachAt: (cache.resolve(key, "breachAt") ?? null) as string | null,
  };
}

/** By halves: the lists are sorted, and a push must stay cheap. */
function firstIndex(edges: readonly string[], isAfter: (edge: string) => boolean): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const edge = edges[middle];
    if (edge !== undefined && isAfter(edge)) high = middle;
    else low = middle + 1;
  }
  return low;
}
