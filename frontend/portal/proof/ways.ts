import type { Level, ProofMethod } from "../../shared/gql/schema.gen.ts";
import { methodsFor, reaches } from "../../shared/levels.ts";

export type StepUp = "CARD" | "PASSWORD";

/** A way to prove that the account is one's own; locked until then after too many wrong tries. */
export interface Way {
  method: StepUp;
  lockedUntil: string | null;
}

interface Client {
  cardOnFile: boolean;
  locks: readonly { method: string; lockedUntil: string }[];
}

/**
 * The ways in which a signed-in client reaches a level, of those that the company has `on`; undefined where being signed
 * in is enough.
 */
export function waysOf(
  required: Level,
  client: Client | null | undefined,
  on: readonly ProofMethod[],
): Way[] | undefined {
  if (reaches("SIGNED_IN", required)) return undefined;
  return methodsFor(required, client?.cardOnFile ?? false, on).map((method) => ({
    method,
    lockedUntil: client?.locks.find((lock) => lock.method === method)?.lockedUntil ?? null,
  }));
}

export function isLocked(way: Way | undefined): boolean {
  return way?.lockedUntil != null && Date.parse(way.lockedUntil) > Date.now();
}
