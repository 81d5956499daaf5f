import { useEffect, useRef } from "react";
import { useQuery } from "urql";
import { useLatest } from "../../latest.ts";
import type { QueueFilter } from "./place.ts";
import { ViewCountsDocument } from "./queue.gen.ts";
import type { QueueRows } from "./queuePages.ts";
import { countOf } from "./views.ts";

/** The counts follow a change within a second: what stays apart for longer than this is apart. */
const SETTLES_IN = 2_500;

/**
 * Reads a list anew when the server counts more tickets in it than are here, to its very end. A push can fall between
 * the moment in which the server reads a page and the moment in which that page arrives.
 */
export function useMissingRows(filter: QueueFilter, { rows, isLoading, hasMore, error, retry }: QueueRows): void {
  const [{ data }] = useQuery({ query: ViewCountsDocument });
  const counted = data && countOf(data.viewCounts, filter);
  const isShort = !isLoading && !hasMore && !error && counted !== undefined && rows.length < counted;
  const tried = useRef("");
  const readAnew = useLatest(retry);

  useEffect(() => {
    const gap = `${rows.length}/${counted}`;
    // Once for each gap: a list that is counted otherwise than it is read must not ask for ever.
    if (!isShort || tried.current === gap) return;
    const timer = setTimeout(() => {
      tried.current = gap;
      readAnew();
    }, SETTLES_IN);
    return () => clearTimeout(timer);
  }, [isShort, rows.length, counted, readAnew]);
}
