import { useSyncExternalStore } from "react";

/**
 * Whether the server can be reached. Three witnesses: the browser's own word, the outcome of requests, and the live
 * socket. When one of them doubts, a probe asks until the server answers.
 */
export class Connection {
  #online = navigator.onLine;
  #probing: ReturnType<typeof setTimeout> | undefined;
  #listeners = new Set<() => void>();
  readonly #probe: () => Promise<boolean>;

  constructor(probe: () => Promise<boolean> = probeServer) {
    this.#probe = probe;
    addEventListener("offline", () => this.lost());
    addEventListener("online", () => this.doubt());
  }

  get online(): boolean {
    return this.#online;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The server answered. */
  reached(): void {
    clearTimeout(this.#probing);
    this.#probing = undefined;
    this.#set(true);
  }

  /** A request failed on its way: the server is out of reach until a probe succeeds. */
  lost(): void {
    this.#set(false);
    this.#probeAfter(3_000);
  }

  /** Something broke off; it may mean nothing (a server restarting), so ask before telling the reader. */
  doubt(): void {
    this.#probeAfter(500);
  }

  #probeAfter(delay: number): void {
    if (this.#probing !== undefined) return;
    this.#probing = setTimeout(async () => {
      const alive = await this.#probe();
      this.#probing = undefined;
      if (alive) this.reached();
      else this.lost();
    }, delay);
  }

  #set(online: boolean): void {
    if (this.#online === online) return;
    this.#online = online;
    for (const listener of this.#listeners) listener();
  }
}

async function probeServer(): Promise<boolean> {
  try {
    const response = await fetch("/health/live", { cache: "no-store" });
    return response.ok;
  } catch {
    // A refused connection is the very answer the probe is after.
    return false;
  }
}

/** The page's one connection. */
export const connection = new Connection();

export function useOnline(): boolean {
  return useSyncExternalStore(connection.subscribe, () => connection.online);
}
