import { useEffect, useRef } from "react";
import { useClient, useSubscription } from "urql";
import { RESYNC } from "./cacheRules.ts";
import { QueueChangedDocument, ViewCountsDocument } from "./queue.gen.ts";

/** The counts are asked for this long after a change at most, however many changes come. */
const PAUSE = 1_000;

/** Listens to every change of a ticket. The cache puts the ticket in its place; the counts are asked for anew. */
export function LiveQueue({ onResync }: { onResync: () => void }) {
  const client = useClient();
  const [{ data }] = useSubscription({ query: QueueChangedDocument });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (data?.queueChanged.type === RESYNC) onResync();
  }, [data, onResync]);

  useEffect(() => {
    if (!data || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void client.query(ViewCountsDocument, {}, { requestPolicy: "network-only" }).toPromise();
    }, PAUSE);
  }, [data, client]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  return null;
}
