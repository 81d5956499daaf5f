import { useEffect, useRef } from "react";
import { useSubscription } from "urql";
import { QueueChangedDocument } from "./queue.gen.ts";

/** At most this often, however many changes come. */
const PAUSE = 1_500;
/** People go away and come back by the clock alone. */
const ANYWAY = 60_000;

/** Looks again a moment after tickets change, and once a minute. */
export function useAfterChanges(look: () => void): void {
  const [{ data }] = useSubscription({ query: QueueChangedDocument });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  }, [look]);
  useEffect(() => {
    if (!data || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, PAUSE);
  }, [data]);
  useEffect(() => {
    const minute = setInterval(() => latest.current(), ANYWAY);
    return () => {
      clearInterval(minute);
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
}
