import type { CacheRules } from "../shared/gql/client.ts";
import { queueRules } from "./features/queue/cacheRules.ts";
import { actionRules } from "./features/ticket/cacheRules.ts";

/** What the desk's cache does by itself: lists follow the tickets in them, and actions show before they are confirmed. */
export function deskRules(): CacheRules {
  return { ...queueRules(), ...actionRules() };
}
