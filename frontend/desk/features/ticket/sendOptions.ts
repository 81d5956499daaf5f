import { msg } from "@lingui/core/macro";
import type { StatusPartsFragment } from "../../../shared/gql/fragments.gen.ts";
import type { Meaning } from "../../../shared/gql/schema.gen.ts";

/** What the button of a reply says, by what the status that goes with it means. */
export const sendNames = {
  NEW: msg`Send, stay open`,
  OPEN: msg`Send, stay open`,
  ON_HOLD: msg`Send and hold`,
  WAITING_FOR_CLIENT: msg`Send and ask`,
  SOLVED: msg`Send and solve`,
  CLOSED: msg`Send and close`,
} satisfies Record<Meaning, unknown>;

/**
 * The ways to send a reply, in the company's order and at most one of each meaning: two buttons with the same words
 * would be a riddle. The last one is the usual one, and stays it: the server takes it where a reply names none.
 */
export function sendOptions(offered: readonly StatusPartsFragment[]): StatusPartsFragment[] {
  return offered.filter(({ meaning }, index) => offered.findLastIndex((other) => other.meaning === meaning) === index);
}
