import type { RowPartsFragment } from "../row.gen.ts";
import type { DeskStartQuery } from "../start.gen.ts";

export const company: DeskStartQuery["company"] = {
  __typename: "Company",
  id: "anchor",
  name: "Anchor Host",
  language: "en",
  timeZone: "Europe/Amsterdam",
  priorityChoice: false,
  secretDays: 30,
  replyWaitSeconds: 10,
  proofMethods: ["EMAIL", "CARD", "PASSWORD", "TOTP", "PASSKEY", "PIN"],
  mailDomain: "anchor.example",
  brand: {
    __typename: "Brand",
    name: "Anchor Host",
    logoUrl: null,
    primaryColor: "#1a5fb4",
    secondaryColor: null,
    font: "INTER",
    stylesheetUrl: "/brand/abc.css",
  },
};

export const viewer = {
  __typename: "Viewer" as const,
  id: "mara",
  name: "Mara Kovač",
  email: "mara@anchor.example",
  language: "en",
  side: "STAFF" as const,
  memberRole: "ADMIN" as const,
  abilities: { __typename: "ViewerAbilities" as const, useDesk: true, administer: true },
};

export const support = { __typename: "Department" as const, id: "support", name: "Support" };
export const billing = { __typename: "Department" as const, id: "billing", name: "Billing" };

export function person(id: string, name: string, side: "CLIENT" | "STAFF" = "CLIENT") {
  return { __typename: "Person" as const, id, name, email: `${id}@example.org`, side };
}

export const mara = person("mara", "Mara Kovač", "STAFF");
export const dana = person("dana", "Dana Whitaker", "STAFF");

export const statuses = {
  open: {
    __typename: "Status" as const,
    key: "open",
    name: "Open",
    clientName: "We are on it",
    meaning: "OPEN" as const,
  },
  asked: {
    __typename: "Status" as const,
    key: "awaiting_you",
    name: "Awaiting you",
    clientName: "Waiting for you",
    meaning: "WAITING_FOR_CLIENT" as const,
  },
  solved: {
    __typename: "Status" as const,
    key: "resolved",
    name: "Resolved",
    clientName: "Solved",
    meaning: "SOLVED" as const,
  },
};

/** A ticket in a list. It has been waiting since so many minutes past ten. */
export function row(number: number, minute = 0, changes: Partial<RowPartsFragment> = {}): RowPartsFragment {
  const at = `2026-11-24T10:${String(minute).padStart(2, "0")}:00+00:00`;
  return {
    __typename: "Ticket",
    id: `t${number}`,
    number,
    subject: `Subject ${number}`,
    priority: "MEDIUM",
    category: "QUESTION",
    channel: "PORTAL",
    level: "SIGNED_IN",
    requiredLevel: "NONE",
    waitingSince: at,
    lastActivityAt: at,
    breachAt: null,
    status: statuses.open,
    department: support,
    client: { __typename: "Client", id: "c1", name: "Achterberg Tools" },
    requester: person("joel", "Joel Achterberg"),
    assignee: null,
    attestation: null,
    ...changes,
  } as RowPartsFragment;
}

/** An open ticket with its conversation. */
export function ticket(number: number, changes: object = {}) {
  return {
    ...row(number),
    tags: [],
    openedAt: "2026-11-24T10:00:00+00:00",
    solvedAt: null,
    closedAt: null,
    satisfiedAt: null,
    firstRespondedAt: null,
    requesterRole: null,
    kind: null,
    client: null,
    followUpOf: null,
    followUps: [],
    goesOnIn: null,
    splitFrom: null,
    splitOff: [],
    mergedHere: [],
    timers: [],
    clocks: [],
    receipt: null,
    secrets: [],
    repliesWaiting: [],
    proofAsked: null,
    project: null,
    assignment: null,
    abilities: {
      __typename: "TicketAbilities",
      reply: true,
      note: true,
      assign: true,
      transfer: true,
      setStatus: true,
      seeInternal: true,
      askForSecret: true,
      split: true,
      merge: true,
      closeNow: true,
      snooze: false,
      pause: false,
      resume: false,
      statuses: [statuses.asked, statuses.solved],
      replyStatuses: [statuses.open, statuses.asked, statuses.solved],
      askForProof: true,
      categorise: true,
      takeOver: false,
      handBack: false,
      goOnWithoutProof: false,
      heldBack: [],
    },
    timeline: timeline(message("m1", "Our site is down.")),
    ...changes,
  };
}

export function message(id: string, body: string, changes: object = {}) {
  return {
    __typename: "Message",
    thanks: false,
    id,
    kind: "MESSAGE",
    channel: "PORTAL",
    body,
    at: "2026-11-24T10:00:00+00:00",
    level: "SIGNED_IN",
    author: person("joel", "Joel Achterberg"),
    attestation: null,
    attachments: [],
    mail: null,
    ...changes,
  };
}

export function timeline(...nodes: object[]) {
  return {
    __typename: "TimelineConnection",
    edges: nodes.map((node) => ({ __typename: "TimelineEdge", node })),
    pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: null },
  };
}

export function page(rows: RowPartsFragment[], endCursor: string | null = null) {
  return {
    __typename: "TicketConnection" as const,
    edges: rows.map((node) => ({ __typename: "TicketEdge" as const, node })),
    pageInfo: { __typename: "PageInfo" as const, hasNextPage: endCursor !== null, endCursor },
  };
}
