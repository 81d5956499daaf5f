import type { Level, ProofMethod } from "./gql/schema.gen.ts";

const order: Level[] = ["NONE", "EMAIL", "SIGNED_IN", "CARD", "PASSWORD", "SECOND_FACTOR"];

/** Whether a level is enough where `required` is asked for. */
export function reaches(level: Level, required: Level): boolean {
  return order.indexOf(level) >= order.indexOf(required);
}

export function higher(one: Level, other: Level): Level {
  return reaches(one, other) ? one : other;
}

const levelOf = { CARD: "CARD", PASSWORD: "PASSWORD", TOTP: "SECOND_FACTOR", PASSKEY: "SECOND_FACTOR" } as const;

/** The ways in which a person can prove the level now, the easiest first, of those that the company has on. */
export function methodsFor<Method extends keyof typeof levelOf>(
  required: Level,
  offered: readonly Method[],
  on: readonly ProofMethod[],
): Method[] {
  return offered.filter((method) => reaches(levelOf[method], required) && on.includes(method));
}
