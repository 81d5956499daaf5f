import { useSyncExternalStore } from "react";

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present, to within 20 seconds: one clock for the whole page, so that all its times turn together. */
export function useNow(): Date {
  return new Date(
    useSyncExternalStore(subscribe, () => {
      // Between two ticks of a running clock the answer stays the same, as React requires.
      if (timer === undefined && Date.now() - now > 1_000) now = Date.now();
      return now;
    }),
  );
}
