import { msg } from "@lingui/core/macro";
import type { Audience, Font, Level, MemberRole } from "../../../shared/gql/schema.gen.ts";

export const audienceNames = {
  EVERYONE: msg`Everyone, guests too`,
  CLIENTS: msg`Clients who have signed in`,
  APPROVERS: msg`Owners and contacts who may approve`,
} satisfies Record<Audience, unknown>;

export const audienceEffects = {
  EVERYONE: msg`Anyone who finds the portal can write here, with a name and an e-mail address.`,
  CLIENTS: msg`Contacts of your clients can write here once they have signed in. Guests do not see it.`,
  APPROVERS: msg`Only contacts who may decide for their account can write here. Others do not see it.`,
} satisfies Record<Audience, unknown>;

const offered = ["NONE", "SIGNED_IN", "CARD", "PASSWORD"] as const satisfies Level[];

/** The levels that a department or kind may ask for; one that is set already stays on the list. */
export function proofLevels(current: Level): Level[] {
  return offered.some((level) => level === current) ? [...offered] : [current, ...offered];
}

export const proofNames = {
  NONE: msg`No proof`,
  EMAIL: msg`A verified e-mail sender`,
  SIGNED_IN: msg`Signed in`,
  CARD: msg`Last four digits of the card`,
  PASSWORD: msg`Account password`,
  SECOND_FACTOR: msg`Second factor`,
} satisfies Record<Level, unknown>;

export const proofEffects = {
  NONE: msg`Requests are taken as they come. The badge shows what happened to be proved.`,
  EMAIL: msg`The client signs in before sending. Mails are taken, and marked as lacking proof.`,
  SIGNED_IN: msg`The client signs in before sending. Mails are taken, and marked as lacking proof.`,
  CARD: msg`The client types the last four digits of the card on file, or the account password, when sending. Mails are taken, and marked as lacking proof.`,
  PASSWORD: msg`The client types the account password again when sending. Mails are taken, and marked as lacking proof.`,
  SECOND_FACTOR: msg`The client uses a second factor when sending. Mails are taken, and marked as lacking proof.`,
} satisfies Record<Level, unknown>;

export const roleNames = {
  AGENT: msg`Agent`,
  LEAD: msg`Lead`,
  ADMIN: msg`Admin`,
  OWNER: msg`Owner`,
} satisfies Record<MemberRole, unknown>;

export const roleEffects = {
  AGENT: msg`Answers tickets, writes notes, assigns and transfers.`,
  LEAD: msg`Does what agents do; colleagues see who leads.`,
  ADMIN: msg`Does what agents do, and changes everything on these pages.`,
  OWNER: msg`Does what admins do; for those to whom the company belongs.`,
} satisfies Record<MemberRole, unknown>;

export const fontNames = {
  INTER: msg`Inter, plain and clear`,
  SYSTEM: msg`The reader’s own system font`,
  SERIF: msg`A serif, for a classic look`,
} satisfies Record<Font, unknown>;
