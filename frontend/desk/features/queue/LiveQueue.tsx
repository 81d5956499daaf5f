import { useEffect } from "react";
import { useClient, useSubscription } from "urql";
import { RESYNC } from "./cacheRules.ts";
import { QueueChangedDocument, ViewCountsDocument } from "./queue.gen.ts";

/** Within this time what was asked for before the first change is surely here. */
const SETTLES_IN = 3_000;

/**
 * Listens to every change of a ticket: the cache puts it in its place, and the counts come with it. They are asked for
 * anew once alone: a change can fall between the moment in which they are read and the moment in which they arrive.
 */
export function LiveQueue({ onResync }: { onResync: () => void }) {
  const client = useClient();
  const [{ data }] = useSubscription({ query: QueueChangedDocument });

  useEffect(() => {
    if (data?.queueChanged.type === RESYNC) onResync();
  }, [data, onResync]);

  useEffect(() => {
    const timer = setTimeout(
      () => void client.query(ViewCountsDocument, {}, { requestPolicy: "network-only" }).toPromise(),
      SETTLES_IN,
    );
    return () => clearTimeout(timer);
  }, [client]);

  return null;
}
