import type { PolicyDraft } from "./policy.ts";
import type { Fault } from "./useCheck.ts";

/** The status with which a fault is mended: where its field stands. */
export function statusOf({ path }: Fault, policy: PolicyDraft): string | undefined {
  const [part, place] = path.split(".");
  if (place === undefined) return part === "initial" ? policy.initial : undefined;
  if (part === "statuses") return policy.statuses[Number(place)]?.key;
  if (part === "transitions") return policy.transitions[Number(place)]?.source;
  if (part === "reopening") return policy.statuses.find(({ meaning }) => meaning === "closed")?.key;
  return policy.statuses.some(({ key }) => key === place) ? place : undefined;
}
