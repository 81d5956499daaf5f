import type { CombinedError } from "@urql/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useClient } from "urql";
import { pipe, subscribe } from "wonka";
import type { RowPartsFragment } from "../../row.gen.ts";
import { compareIn, type QueueFilter } from "./place.ts";
import { QueueDocument, type QueueQuery } from "./queue.gen.ts";

/** The cache stays fast with windows of at most this many rows. */
export const PAGE_SIZE = 100;

export interface QueueRows {
  rows: readonly RowPartsFragment[];
  /** Nothing to show yet. */
  isLoading: boolean;
  hasMore: boolean;
  error: CombinedError | undefined;
  loadMore: () => void;
  retry: () => void;
}

type Page = QueueQuery["queue"];
interface PageState {
  page?: Page | undefined;
  error?: CombinedError | undefined;
}

/**
 * The rows of a list, as pages that follow one another by cursor; each page is live in the cache. When a page ends at
 * another row than before (after a reconnect, say), the pages behind it are fetched anew, and until they are there the
 * rows stay as they were, so that nothing jumps.
 */
export function useQueueRows(filter: QueueFilter): QueueRows {
  const client = useClient();
  const { departmentId, view, mine, unassigned, category } = filter;
  const key = JSON.stringify([departmentId, view, mine, unassigned, category]);
  const [states, setStates] = useState<{ key: string; pages: ReadonlyMap<string | null, PageState> }>(() => none(key));
  const [wanted, setWanted] = useState({ key, pages: 1 });
  const [attempt, setAttempt] = useState(0);
  const pages = states.key === key ? states.pages : none(key).pages;
  const wantedPages = wanted.key === key ? wanted.pages : 1;

  const chain = useMemo(() => follow(pages, wantedPages), [pages, wantedPages]);
  const afters = chain.afters.map((after) => after ?? "").join(" ");
  const stops = useRef(new Map<string | null, () => void>());

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` and `attempt` start everything anew.
  useEffect(() => {
    const running = stops.current;
    return () => {
      for (const stop of running.values()) stop();
      running.clear();
      setStates((before) => (before.key === key ? before : none(key)));
    };
  }, [client, key, attempt]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `afters` stands for the pages of the chain.
  useEffect(() => {
    const running = stops.current;
    for (const [after, stop] of running) {
      if (!chain.isComplete || chain.afters.includes(after)) continue;
      stop();
      running.delete(after);
    }
    for (const after of chain.afters) {
      if (running.has(after)) continue;
      const variables = { departmentId, view, mine, unassigned, category, first: PAGE_SIZE, after };
      const { unsubscribe } = pipe(
        client.query(QueueDocument, variables),
        subscribe((result) => {
          setStates((before) => {
            const known = before.key === key ? before.pages : none(key).pages;
            const page = result.data?.queue ?? known.get(after)?.page;
            return { key, pages: new Map(known).set(after, { page, error: result.error }) };
          });
        }),
      );
      running.set(after, unsubscribe);
    }
  }, [client, key, afters, chain.isComplete, attempt]);

  const shown = useRef<{ key: string; rows: readonly RowPartsFragment[] }>({ key, rows: [] });
  const rows = useMemo(() => {
    const walked = inOrder(chain.pages, view);
    const before = shown.current;
    if (before.key === key && !chain.isComplete && !chain.error && walked.length < before.rows.length)
      return before.rows;
    return walked;
  }, [chain, key, view]);
  useEffect(() => {
    shown.current = { key, rows };
  }, [key, rows]);

  return {
    rows,
    isLoading: chain.pages.length === 0 && !chain.error,
    hasMore: chain.hasMore,
    error: chain.error,
    loadMore: () => {
      if (chain.isComplete && chain.hasMore) setWanted({ key, pages: chain.pages.length + 1 });
    },
    retry: () => setAttempt((before) => before + 1),
  };
}

function none(key: string): { key: string; pages: ReadonlyMap<string | null, PageState> } {
  return { key, pages: new Map() };
}

interface Chain {
  afters: (string | null)[];
  pages: Page[];
  /** Every page that is wanted and exists is here. */
  isComplete: boolean;
  hasMore: boolean;
  error: CombinedError | undefined;
}

function follow(pages: ReadonlyMap<string | null, PageState>, wanted: number): Chain {
  const chain: Chain = { afters: [null], pages: [], isComplete: false, hasMore: false, error: undefined };
  for (let after: string | null = null; ; ) {
    const state = pages.get(after);
    if (state?.error && !state.page) return { ...chain, error: state.error };
    if (!state?.page) return chain;
    chain.pages.push(state.page);
    const { hasNextPage, endCursor } = state.page.pageInfo;
    const ends = !hasNextPage || endCursor === null || chain.afters.includes(endCursor);
    if (ends || chain.pages.length >= wanted) return { ...chain, isComplete: true, hasMore: !ends };
    chain.afters.push(endCursor);
    after = endCursor;
  }
}

/** One list: a ticket that two pages hold for a moment is shown once, and a row that changed stands where it now belongs. */
function inOrder(pages: readonly Page[], view: QueueFilter["view"]): readonly RowPartsFragment[] {
  const rows = new Map(
    pages.flatMap((page) => page.edges.map(({ node }) => [node.id, node as RowPartsFragment] as const)),
  );
  return [...rows.values()].sort(compareIn(view));
}
