import type { LeakType } from "../gql/schema.gen.ts";
import type { Leak } from "./uncached.ts";

/** A secret that waits to be sent with what is being written. It stands in memory alone, never in a draft. */
export interface SealedDraft {
  label: string;
  value: string;
}

export interface SealedText {
  text: string;
  secrets: SealedDraft[];
}

/**
 * Takes the leaks out of the text and leaves `[sealed: password]` in their place. `nameOf` gives the words for a kind and
 * `markOf` the mark; offsets count code points.
 */
export function sealLeaks(
  text: string,
  leaks: readonly Leak[],
  nameOf: (kind: LeakType) => string,
  markOf: (label: string) => string,
  taken: readonly string[] = [],
): SealedText {
  const points = Array.from(text);
  const labels = new Set(taken);
  const secrets: SealedDraft[] = [];
  let sealed = "";
  let at = 0;
  for (const { kind, start, end } of leaks.toSorted((one, other) => one.start - other.start)) {
    const label = freeLabel(nameOf(kind), labels);
    labels.add(label);
    secrets.push({ label, value: points.slice(start, end).join("") });
    sealed += points.slice(at, start).join("") + markOf(label);
    at = end;
  }
  return { text: sealed + points.slice(at).join(""), secrets };
}

function freeLabel(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} (${number})`)) number += 1;
  return `${name} (${number})`;
}
