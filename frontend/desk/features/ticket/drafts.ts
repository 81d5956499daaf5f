import { useEffect, useRef, useState } from "react";

export type Tab = "reply" | "note";

const PAUSE = 400;

function keyOf(viewerId: string, number: number, tab: Tab): string {
  return `countersign:draft:${viewerId}:${number}:${tab}`;
}

/** What was written and not sent stays in this browser, for each ticket and tab, until it is sent or emptied. */
export function useDraft(viewerId: string, number: number, tab: Tab) {
  const key = keyOf(viewerId, number, tab);
  const [draft, setDraft] = useState(() => ({ key, text: localStorage.getItem(key) ?? "", isSaved: true }));
  const current = draft.key === key ? draft : { key, text: localStorage.getItem(key) ?? "", isSaved: true };

  const pending = useRef<() => void>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = () => {
    clearTimeout(timer.current);
    pending.current?.();
    pending.current = undefined;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is pending is written before the key changes.
  useEffect(() => {
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, [key]);

  const write = (text: string) => {
    setDraft({ key, text, isSaved: false });
    clearTimeout(timer.current);
    pending.current = () => {
      store(key, text);
      setDraft((before) => (before.key === key && before.text === text ? { ...before, isSaved: true } : before));
    };
    timer.current = setTimeout(flush, PAUSE);
  };
  const clear = () => {
    clearTimeout(timer.current);
    pending.current = undefined;
    store(key, "");
    setDraft({ key, text: "", isSaved: true });
  };

  return { text: current.text, isSaved: current.isSaved, write, clear };
}

function store(key: string, text: string): void {
  if (text.trim() === "") localStorage.removeItem(key);
  else localStorage.setItem(key, text);
}

/** Whether something unsent is kept. */
export function hasDraft(viewerId: string, number: number, tab: Tab): boolean {
  return localStorage.getItem(keyOf(viewerId, number, tab)) !== null;
}
