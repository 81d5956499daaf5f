import type { Level } from "../../shared/gql/schema.gen.ts";
import type { NewRequestQuery } from "../features/tickets/newRequest.gen.ts";
import type { MessagePartsFragment, TicketPagePartsFragment } from "../features/tickets/ticket.gen.ts";
import type { CompanyPartsFragment } from "../visitor.gen.ts";
import type { Viewer } from "../visitor.ts";

export const company: CompanyPartsFragment = {
  __typename: "Company",
  id: "company",
  name: "Anchor Host",
  slug: "anchor",
  language: "en",
  timeZone: "Europe/London",
  priorityChoice: false,
  proofMethods: ["EMAIL", "CARD", "PASSWORD", "TOTP", "PASSKEY", "PIN"],
  mailDomain: "anchor.example",
  brand: { __typename: "Brand", name: "Anchor Host", logoUrl: null, stylesheetUrl: "/brand/one.css" },
};

export const ann: Viewer = {
  __typename: "Viewer",
  id: "ann",
  name: "Ann Poole",
  email: "ann@poole.example",
  language: "en",
  side: "CLIENT",
  isGuest: false,
  abilities: { __typename: "ViewerAbilities", useDesk: false, openTickets: true },
};

type Department = NewRequestQuery["departments"][number];

export function department(id: string, name: string, parts: Partial<Department> = {}): Department {
  return {
    __typename: "Department",
    id,
    name,
    description: `About ${name}`,
    proofLevel: "NONE",
    category: "QUESTION",
    kinds: [],
    promise: null,
    ...parts,
  };
}

export function kind(id: string, name: string, proofLevel: Level): Department["kinds"][number] {
  return {
    __typename: "Kind",
    id,
    name,
    description: "",
    proofLevel,
    category: "QUESTION",
    archivedAt: null,
    secretQuestions: [],
  };
}

export const client: NonNullable<NonNullable<NewRequestQuery["viewer"]>["client"]> = {
  __typename: "Client",
  id: "client",
  cardOnFile: true,
  locks: [],
};

export function message(id: string, side: "CLIENT" | "STAFF", body: string): MessagePartsFragment {
  const author = side === "CLIENT" ? { id: "ann", name: "Ann Poole" } : { id: "greg", name: "Greg Tarrant" };
  return {
    __typename: "Message",
    thanks: false,
    id,
    kind: "MESSAGE",
    channel: "PORTAL",
    body,
    at: "2026-11-24T09:00:00+00:00",
    level: side === "CLIENT" ? "SIGNED_IN" : "NONE",
    author: { __typename: "Person", side, ...author },
    attestation: null,
    attachments: [],
  };
}

export function ticket(
  messages: MessagePartsFragment[],
  parts: Partial<TicketPagePartsFragment> = {},
): TicketPagePartsFragment {
  return {
    __typename: "Ticket",
    id: "ticket-1042",
    number: 1042,
    subject: "Contact form throws an error",
    lastActivityAt: "2026-11-24T09:00:00+00:00",
    openedAt: "2026-11-24T09:00:00+00:00",
    closedAt: null,
    satisfiedAt: null,
    level: "SIGNED_IN",
    requiredLevel: "NONE",
    attestation: null,
    kind: null,
    followUpOf: null,
    followUps: [],
    goesOnIn: null,
    splitFrom: null,
    splitOff: [],
    mergedHere: [],
    timers: [],
    receipt: null,
    secrets: [],
    status: { __typename: "Status", key: "open", name: "Open", clientName: "We are on it", meaning: "OPEN" },
    department: { __typename: "Department", id: "support", name: "Support" },
    requester: { __typename: "Person", id: "ann", name: "Ann Poole" },
    abilities: {
      __typename: "TicketAbilities",
      reply: true,
      beginsNew: false,
      keepOpen: false,
      closeNow: false,
      thank: false,
    },
    promise: null,
    priority: "MEDIUM",
    place: null,
    progress: steps("received", "looked_at"),
    timeline: {
      __typename: "TimelineConnection",
      edges: messages.map((node) => ({ __typename: "TimelineEdge", cursor: node.id, node })),
      pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: null },
    },
    ...parts,
  };
}

/** The line of progress up to the last of these keys. */
export function steps(...reached: string[]): TicketPagePartsFragment["progress"] {
  const names = {
    received: "Received",
    looked_at: "Being looked at",
    waiting_for_client: "Waiting for you",
    solved: "Solved",
    closed: "Closed",
  };
  return Object.entries(names).map(([key, name]) => ({
    __typename: "ProgressStep",
    key,
    name,
    state: key === reached.at(-1) ? "NOW" : reached.includes(key) ? "DONE" : "AHEAD",
    at: reached.includes(key) ? "2026-11-24T09:00:00+00:00" : null,
  }));
}

/** The status of a request that the client must answer by a moment. */
export function waitingUntil(dueAt: string): Pick<TicketPagePartsFragment, "status" | "timers"> {
  const names = { key: "pending", name: "Pending", clientName: "Waiting for you" };
  return {
    status: { __typename: "Status", ...names, meaning: "WAITING_FOR_CLIENT" },
    timers: [
      { __typename: "Timer", id: "reminder", action: "send_reminder", dueAt: "2030-01-02T10:00:00+00:00" },
      { __typename: "Timer", id: "closing", action: "set_status", dueAt },
    ],
  };
}

export function problem(code: string, text: string, field: string | null) {
  return { __typename: "Problem" as const, code, message: text, field };
}
