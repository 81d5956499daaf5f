/** A lifecycle as the editor changes it: the definition that the server keeps, and pure steps from one to the next. */

export type Meaning = "new" | "open" | "waiting_for_client" | "on_hold" | "solved" | "closed";
export type Member = "agent" | "lead" | "admin";
export type Names = Record<string, string>;

export interface StatusDraft {
  key: string;
  meaning: Meaning;
  names: Names;
  client_names: Names;
}

export interface StepDraft {
  after_hours: number;
  action: "remind" | "set_status" | "tag";
  count?: "hours" | "business_hours";
  template?: string | null;
  status?: string | null;
  tag?: string | null;
}

export interface TransitionDraft {
  source: string;
  to: string;
  by: (Member | "client")[];
}

export interface PolicyDraft {
  statuses: StatusDraft[];
  initial: string;
  replies: string[];
  client_message: Record<string, string>;
  timers: Record<string, StepDraft[]>;
  transitions: TransitionDraft[];
  replies_in: Record<string, string[]>;
  thanks: Record<string, string>;
  reopening: { within_hours: number; after: "follow_up" | "refuse" } | null;
}

const ENDS: readonly Meaning[] = ["solved", "closed"];
const TAKES_MESSAGES: readonly Meaning[] = ["new", "open", "on_hold"];

export const isEnd = ({ meaning }: StatusDraft): boolean => ENDS.includes(meaning);
/** Whether a client's message may lead there. */
export const takesMessages = ({ meaning }: StatusDraft): boolean => TAKES_MESSAGES.includes(meaning);

/** The draft of a stored definition; what older ones leave unsaid is written out, so that it can be edited. */
export function readDefinition(definition: string): PolicyDraft {
  const stored = JSON.parse(definition) as Partial<PolicyDraft> & Pick<PolicyDraft, "statuses" | "client_message">;
  return {
    statuses: stored.statuses,
    initial: stored.initial ?? "",
    replies: stored.replies ?? [],
    client_message: stored.client_message,
    timers: stored.timers ?? {},
    transitions: stored.transitions ?? allByHand(stored.statuses, stored.client_message),
    replies_in: stored.replies_in ?? {},
    thanks: stored.thanks ?? {},
    reopening: stored.reopening ?? null,
  };
}

function allByHand(statuses: StatusDraft[], clientMessage: Record<string, string>): TransitionDraft[] {
  const isFinal = ({ key, meaning }: StatusDraft) => meaning === "closed" && clientMessage[key] === "follow_up";
  return statuses
    .filter((from) => !isFinal(from))
    .flatMap((from) =>
      statuses.filter((to) => to !== from).map((to) => ({ source: from.key, to: to.key, by: ["agent" as const] })),
    );
}

export function addStatus(policy: PolicyDraft, names: Names): { policy: PolicyDraft; key: string } {
  let number = policy.statuses.length + 1;
  while (policy.statuses.some((status) => status.key === `status_${number}`)) number += 1;
  const key = `status_${number}`;
  const status: StatusDraft = { key, meaning: "waiting_for_client", names, client_names: { ...names } };
  const before = policy.statuses.findIndex(isEnd);
  const place = before < 0 ? policy.statuses.length : before;
  return {
    key,
    policy: {
      ...policy,
      statuses: policy.statuses.toSpliced(place, 0, status),
      client_message: { ...policy.client_message, [key]: policy.initial },
      transitions: [
        ...policy.transitions,
        { source: policy.initial, to: key, by: ["agent"] },
        { source: key, to: policy.initial, by: ["agent"] },
      ],
    },
  };
}

/** Without a status and without all that names it; what led a client's message there leads to the first status. */
export function removeStatus(policy: PolicyDraft, key: string): PolicyDraft {
  const statuses = policy.statuses.filter((status) => status.key !== key);
  const initial = policy.initial === key ? (statuses[0]?.key ?? "") : policy.initial;
  const without = <Value>(all: Record<string, Value>) =>
    Object.fromEntries(Object.entries(all).filter(([each]) => each !== key));
  return {
    ...policy,
    statuses,
    initial,
    replies: policy.replies.filter((each) => each !== key),
    replies_in: mapValues(without(policy.replies_in), (all) => all.filter((each) => each !== key)),
    client_message: mapValues(without(policy.client_message), (to) => (to === key ? initial : to)),
    timers: mapValues(without(policy.timers), (ladder) => ladder.filter((step) => step.status !== key)),
    transitions: policy.transitions.filter(({ source, to }) => source !== key && to !== key),
    thanks: Object.fromEntries(Object.entries(without(policy.thanks)).filter(([, to]) => to !== key)),
  };
}

export function changeStatus(policy: PolicyDraft, key: string, change: Partial<StatusDraft>): PolicyDraft {
  return { ...policy, statuses: policy.statuses.map((each) => (each.key === key ? { ...each, ...change } : each)) };
}

export function setLadder(policy: PolicyDraft, key: string, ladder: StepDraft[]): PolicyDraft {
  const { [key]: _, ...others } = policy.timers;
  return { ...policy, timers: ladder.length > 0 ? { ...others, [key]: ladder } : others };
}

export function byHand(policy: PolicyDraft, source: string, to: string): TransitionDraft["by"] {
  return policy.transitions.find((each) => each.source === source && each.to === to)?.by ?? [];
}

export function setByHand(
  policy: PolicyDraft,
  source: string,
  to: string,
  member: Member | "",
  client: boolean,
): PolicyDraft {
  const by: TransitionDraft["by"] = [...(member ? [member] : []), ...(client ? ["client" as const] : [])];
  const place = policy.transitions.findIndex((each) => each.source === source && each.to === to);
  const others = policy.transitions.filter((_, index) => index !== place);
  const at = place < 0 ? others.length : place;
  return { ...policy, transitions: by.length > 0 ? others.toSpliced(at, 0, { source, to, by }) : others };
}

/** A message reopens a closed ticket somewhere, so that it can be said for how long. */
export function reopens(policy: PolicyDraft): boolean {
  return policy.statuses.some(
    ({ key, meaning }) =>
      meaning === "closed" && !["follow_up", "refuse"].includes(policy.client_message[key] ?? "follow_up"),
  );
}

/** As the server takes it: a limit on what no longer happens is left out. */
export function writeDefinition(policy: PolicyDraft): string {
  return JSON.stringify({ ...policy, reopening: reopens(policy) ? policy.reopening : null });
}

function mapValues<Value>(all: Record<string, Value>, change: (value: Value) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, change(value)]));
}
