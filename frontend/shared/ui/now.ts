import { useSyncExternalStore } from "react";

/** In development the business clock may run ahead of the browser's; the page says how many milliseconds. */
const ahead = Number(document.documentElement.getAttribute("data-clock-ahead") ?? 0);

/** The present by the business clock, in milliseconds. */
export function present(): number {
  return Date.now() + ahead;
}

let now = present();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = present();
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
      if (timer === undefined && present() - now > 1_000) now = present();
      return now;
    }),
  );
}
