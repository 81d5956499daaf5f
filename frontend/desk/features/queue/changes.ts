import { useEffect, useRef } from "react";
import { useClient } from "urql";
import { QueueChangedDocument } from "./queue.gen.ts";

/** At most this often, however many changes come. */
const PAUSE = 1_500;
/** People go away and come back by the clock alone. */
const ANYWAY = 60_000;

/** Looks again a moment after tickets change, and once a minute; the changes themselves draw nothing. */
export function useAfterChanges(look: () => void): void {
  const client = useClient();
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  }, [look]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { unsubscribe } = client.subscription(QueueChangedDocument, {}).subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, PAUSE);
    });
    const minute = setInterval(() => latest.current(), ANYWAY);
    return () => {
      unsubscribe();
      clearInterval(minute);
      clearTimeout(timer);
    };
  }, [client]);
}
