import { useEffect, useState } from "react";
import type { PolicyVersionPartsFragment } from "./lifecycle.gen.ts";
import { type PolicyDraft, readDefinition, writeDefinition } from "./policy.ts";

export interface Draft {
  /** The version that is being edited. */
  base: string;
  name: string;
  policy: PolicyDraft;
}

interface Kept extends Omit<Draft, "policy"> {
  definition: string;
}

/**
 * The lifecycle that is being written. What was not saved survives a reload, a closed tab and a lost connection: it is kept in
 * this browser until it is saved or discarded.
 */
export function useDraft(company: string, current: PolicyVersionPartsFragment) {
  const key = `countersign.lifecycle.${company}`;
  const [draft, setDraft] = useState<Draft>(() => read(key) ?? fresh(current));
  const [past, setPast] = useState<Draft[]>([]);
  const [wasKept, setWasKept] = useState(() => localStorage.getItem(key) !== null);
  const definition = writeDefinition(draft.policy);
  const saved = writeDefinition(readDefinition(current.definition));
  const isChanged = definition !== saved || draft.name !== current.name;

  useEffect(() => {
    if (isChanged) localStorage.setItem(key, JSON.stringify({ base: draft.base, name: draft.name, definition }));
    else localStorage.removeItem(key);
  }, [key, isChanged, draft.base, draft.name, definition]);

  const change = (next: Partial<Omit<Draft, "base">>) => {
    setPast((before) => [...before.slice(-99), draft]);
    setDraft({ ...draft, ...next });
  };
  return {
    draft,
    definition,
    isChanged,
    /** The draft was begun in an earlier visit. */
    wasKept: wasKept && isChanged,
    /** Somebody has saved another version since the draft was begun. */
    isBehind: draft.base !== current.id,
    canUndo: past.length > 0,
    change,
    undo: () => {
      const last = past.at(-1);
      if (!last) return;
      setDraft({ ...last, base: draft.base });
      setPast(past.slice(0, -1));
    },
    /** The draft goes on from the version that holds now, and will replace it. */
    goOnFrom: (version: PolicyVersionPartsFragment) => setDraft({ ...draft, base: version.id }),
    startAgain: (version: PolicyVersionPartsFragment) => {
      setDraft(fresh(version));
      setPast([]);
      setWasKept(false);
    },
  };
}

function fresh({ id, name, definition }: PolicyVersionPartsFragment): Draft {
  return { base: id, name, policy: readDefinition(definition) };
}

function read(key: string): Draft | undefined {
  const kept = localStorage.getItem(key);
  if (kept === null) return undefined;
  try {
    const { base, name, definition } = JSON.parse(kept) as Kept;
    return { base, name, policy: readDefinition(definition) };
  } catch {
    // Written by an older page in another shape: nobody can go on with it.
    localStorage.removeItem(key);
    return undefined;
  }
}
