import { useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  message: string;
  /** Takes the action back; the toast then offers "Undo". */
  undo?: (() => void) | undefined;
  /** Until when that is possible, where it is not for long: it counts down to it. */
  until?: number | undefined;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what was done, for some seconds; at most three at a time. Returns its id. */
export function showToast(message: string, undo?: () => void, until?: number): number {
  lastId += 1;
  set([...toasts.slice(-2), { id: lastId, message, undo, until }]);
  return lastId;
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
