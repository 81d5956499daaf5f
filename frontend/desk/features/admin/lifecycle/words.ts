import { msg } from "@lingui/core/macro";
import type { PolicyWho, TrialAct } from "../../../../shared/gql/schema.gen.ts";
import type { Meaning, Names, StepDraft } from "./policy.ts";

export const meaningNames = {
  new: msg`New`,
  open: msg`Being worked on`,
  waiting_for_client: msg`Waiting for the client`,
  on_hold: msg`On hold`,
  solved: msg`Solved`,
  closed: msg`Closed`,
} satisfies Record<Meaning, unknown>;

export const meaningEffects = {
  new: msg`The ticket waits in the queue, and nobody has looked at it.`,
  open: msg`The ticket waits in the queue for an answer.`,
  waiting_for_client: msg`The ticket is out of the queue until the client writes.`,
  on_hold: msg`The ticket is set apart; nobody is expected to answer now.`,
  solved: msg`The matter is answered, and the client can still add to it.`,
  closed: msg`The ticket is over, and its secrets are destroyed.`,
} satisfies Record<Meaning, unknown>;

export const whoNames = {
  AGENT: msg`agents`,
  LEAD: msg`leads`,
  ADMIN: msg`admins`,
  CLIENT: msg`the client`,
  TIMER: msg`a timer`,
} satisfies Record<PolicyWho, unknown>;

export const actNames = {
  STAFF_WROTE: msg`An agent answers`,
  CLIENT_WROTE: msg`The client writes`,
  STATUS_SET: msg`An agent sets the status`,
  CLIENT_THANKED: msg`The client presses “Thanks, all fine”`,
  KEPT_OPEN: msg`The client presses “Keep open”`,
  CLOSED_NOW: msg`The client presses “It works, close now”`,
  SNOOZED: msg`An agent snoozes the timers for a day`,
  PAUSED: msg`An agent pauses the timers`,
  RESUMED: msg`An agent resumes the timers`,
} satisfies Record<TrialAct, unknown>;

export const stepNames = {
  remind: msg`Remind the client`,
  tag: msg`Add a tag`,
  set_status: msg`Change the status`,
} satisfies Record<StepDraft["action"], unknown>;

export const reminderNames: Record<string, ReturnType<typeof msg>> = {
  reminder_first: msg`First reminder`,
  reminder_second: msg`Last reminder`,
};

export const presetNames: Record<string, ReturnType<typeof msg>> = {
  larkspur: msg`Open, answered, closed; writing reopens; no timers`,
  foundry: msg`Two reminders, then closed; solved closes after a day; closed for good`,
  anchor: msg`Resolved closes after three days; closed for good`,
  polder: msg`Awaiting after each answer; closes after two weeks; writing reopens`,
  orchard: msg`On hold while waiting; writing reopens; no timers`,
};

/** A name in the reader's language, else in any. */
export function named(names: Names, locale: string): string {
  return names[locale.split("-")[0] ?? "en"] || names["en"] || Object.values(names)[0] || "?";
}
