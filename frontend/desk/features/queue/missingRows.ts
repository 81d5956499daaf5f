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
 * Reads a list anew when the server counts other tickets in it than are here: more than it has to its very end, or fewer.
 * A push can fall between the moment in which the server reads a page, or answers an action, and that in which it arrives.
 */
export function useMissingRows(filter: QueueFilter, { rows, isLoading, hasMore, error, retry }: QueueRows): void {
  const [{ data }] = useQuery({ query: ViewCountsDocument });
  const counted = data && countOf(data.viewCounts, filter);
  const isLong = counted !== undefined && rows.length > counted && data?.viewCounts.length !== 0;
  const isShort = counted !== undefined && rows.length < counted && !hasMore;
  const isApart = !isLoading && !error && (isLong || isShort);
  const tried = useRef("");
  const readAnew = useLatest(retry);

  useEffect(() => {
    const gap = `${rows.length}/${counted}`;
    // Once for each gap: a list that is counted otherwise than it is read must not ask for ever.
    if (!isApart || tried.current === gap) return;
    const timer = setTimeout(() => {
      tried.current = gap;
      readAnew();
    }, SETTLES_IN);
    return () => clearTimeout(timer);
  }, [isApart, rows.length, counted, readAnew]);
}
