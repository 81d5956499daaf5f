import type { Level, ProofMethod } from "../../shared/gql/schema.gen.ts";
import { methodsFor, reaches } from "../../shared/levels.ts";

export type StepUp = "CARD" | "PASSWORD" | "TOTP" | "PASSKEY";

/** A way to prove that the account is one's own; locked until then after too many wrong tries. */
export interface Way {
  method: StepUp;
  lockedUntil: string | null;
}

interface Client {
  cardOnFile: boolean;
  locks: readonly { method: string; lockedUntil: string }[];
}

export type OwnFactors = readonly { method: ProofMethod; works: boolean }[];

/**
 * The ways in which a signed-in client reaches a level, of those that the company has `on`; a second factor (`own`) where they have one; undefined where being signed
 * in is enough.
 */
export function waysOf(
  required: Level,
  client: Client | null | undefined,
  on: readonly ProofMethod[],
  own: OwnFactors = [],
): Way[] | undefined {
  if (reaches("SIGNED_IN", required)) return undefined;
  const factors = (["TOTP", "PASSKEY"] as const).filter((factor) =>
    own.some(({ method, works }) => method === factor && works),
  );
  const offered: StepUp[] = [...(client?.cardOnFile ? (["CARD"] as const) : []), "PASSWORD", ...factors];
  return methodsFor(required, offered, on).map((method) => ({
    method,
    lockedUntil: client?.locks.find((lock) => lock.method === method)?.lockedUntil ?? null,
  }));
}

export function isLocked(way: Way | undefined): boolean {
  return way?.lockedUntil != null && Date.parse(way.lockedUntil) > Date.now();
}
