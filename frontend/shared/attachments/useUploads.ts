import { useEffect, useRef, useState } from "react";
import { fetchWithCsrf } from "../gql/csrf.ts";
import { NotTaken, type Uploaded, upload } from "./upload.ts";

/** A file on its way to the server, there, or not taken. */
export interface Upload {
  key: string;
  name: string;
  size: number;
  state: "going" | "there" | "failed";
  /** From 0 to 1. */
  progress: number;
  /** Why it was not taken, in the server's words; undefined where nothing came through. */
  problem?: string | undefined;
  id?: string | undefined;
  /** What it was made of; a file that a kept draft names has none any more. */
  file?: File | undefined;
}

export interface Uploads {
  items: readonly Upload[];
  /** The ids of the files that are there, in the order in which they were chosen. */
  ids: string[];
  isGoing: boolean;
  hasFailed: boolean;
  add: (files: Iterable<File>) => void;
  /** What is known before a byte goes: it stands in the list with the reason. */
  refuse: (file: File, problem: string) => void;
  /** Files that are there already: of a message that came back. */
  giveBack: (files: readonly Uploaded[]) => void;
  remove: (key: string) => void;
  retry: (key: string) => void;
  /** They went with a message. */
  clear: () => void;
}

let made = 0;
const newKey = () => `file-${++made}`;

/** The files of a draft, kept in `store` under `draftKey` once they are there, so that they come back with its words. */
export function useUploads(draftKey: string, store: Storage = sessionStorage): Uploads {
  const key = `${draftKey}:files`;
  const [draft, setDraft] = useState(() => ({ key, items: read(store, key) }));
  const items = draft.key === key ? draft.items : read(store, key);
  const latest = useRef({ key, items });
  latest.current = { key, items };
  const going = useRef(new Map<string, AbortController>());

  const change = (next: (before: readonly Upload[]) => readonly Upload[]) => {
    const changed = next(latest.current.key === key ? latest.current.items : read(store, key));
    latest.current = { key, items: changed };
    write(store, key, changed);
    setDraft({ key, items: changed });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is on its way to one draft is no matter of another.
  useEffect(() => {
    const running = going.current;
    return () => {
      for (const each of running.values()) each.abort();
      running.clear();
    };
  }, [key]);

  const put = (itemKey: string, changed: Partial<Upload>) =>
    change((before) => before.map((each) => (each.key === itemKey ? { ...each, ...changed } : each)));

  const start = (itemKey: string, file: File) => {
    const ending = new AbortController();
    going.current.set(itemKey, ending);
    upload(file, (progress) => put(itemKey, { progress }), ending.signal)
      .then(({ id, name, size }) => put(itemKey, { state: "there", progress: 1, id, name, size }))
      .catch((error: unknown) => {
        if (ending.signal.aborted) return;
        put(itemKey, { state: "failed", problem: error instanceof NotTaken ? error.words : undefined });
      })
      .finally(() => going.current.delete(itemKey));
  };

  return {
    items,
    ids: items.flatMap(({ id }) => id ?? []),
    isGoing: items.some(({ state }) => state === "going"),
    hasFailed: items.some(({ state }) => state === "failed"),
    add(files) {
      const fresh = [...files].map((file) => {
        const { name, size } = file;
        return { key: newKey(), name, size, state: "going" as const, progress: 0, file };
      });
      change((before) => [...before, ...fresh]);
      for (const each of fresh) start(each.key, each.file);
    },
    refuse(file, problem) {
      const { name, size } = file;
      change((before) => [...before, { key: newKey(), name, size, state: "failed", progress: 0, problem }]);
    },
    giveBack(files) {
      change((before) => [...files.map(kept), ...before]);
    },
    remove(itemKey) {
      going.current.get(itemKey)?.abort();
      const gone = latest.current.items.find((each) => each.key === itemKey);
      change((before) => before.filter((each) => each.key !== itemKey));
      // Where this is lost the server removes it by itself, after a day.
      if (gone?.id) void fetchWithCsrf(`/attachments/${gone.id}`, { method: "DELETE" }).catch(() => undefined);
    },
    retry(itemKey) {
      const item = latest.current.items.find((each) => each.key === itemKey);
      if (!item?.file) return;
      put(itemKey, { state: "going", progress: 0, problem: undefined });
      start(itemKey, item.file);
    },
    clear() {
      change((before) => before.filter(({ state }) => state !== "there"));
    },
  };
}

function read(store: Storage, key: string): readonly Upload[] {
  try {
    const found = JSON.parse(store.getItem(key) ?? "[]") as Uploaded[];
    return found.map(kept);
  } catch {
    // Not written by this page.
    return [];
  }
}

function kept({ id, name, size }: Uploaded): Upload {
  return { key: id, id, name, size, state: "there", progress: 1 };
}

function write(store: Storage, key: string, items: readonly Upload[]): void {
  const there = items.flatMap(({ id, name, size }) => (id ? [{ id, name, size }] : []));
  if (there.length > 0) store.setItem(key, JSON.stringify(there));
  else store.removeItem(key);
}
