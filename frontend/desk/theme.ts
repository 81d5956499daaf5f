import { useSyncExternalStore } from "react";

/** `system` follows the reader's system. */
export type Theme = "system" | "light" | "dark";

const KEY = "countersign:theme";
const listeners = new Set<() => void>();

function isTheme(value: unknown): value is Theme {
  return value === "system" || value === "light" || value === "dark";
}

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return isTheme(value) ? value : "system";
}

/** Shows the remembered theme; called before anything is drawn, so that the page does not flash. */
export function applyTheme(theme: Theme = stored()): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  applyTheme(theme);
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stored);
}
