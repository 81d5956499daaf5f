/** What the cache has to know of the schema; schemaFacts.test.ts holds it against schema.graphql. */

/** Types without an id of their own: they live inside their parent in the cache. */
export const embedded = [
  "Attestation",
  "Brand",
  "ContrastCheck",
  "Done",
  "LinkPurpose",
  "MailState",
  "OpenTicketSuccess",
  "PageInfo",
  "Problem",
  "ProofLock",
  "ReplySuccess",
  "Security",
  "Status",
  "TicketAbilities",
  "TicketChange",
  "TicketConnection",
  "TicketEdge",
  "TimelineConnection",
  "TimelineEdge",
  "Timer",
  "ViewCount",
  "ViewerAbilities",
];

/** Unions and interfaces: without this the cache guesses which fragment fits, and guesses wrong in a timeline. */
export const possibleTypes: Record<string, string[]> = {
  CompanyResult: ["Company", "Problem"],
  DepartmentResult: ["Department", "Problem"],
  DoneResult: ["Done", "Problem"],
  KindResult: ["Kind", "Problem"],
  MemberResult: ["Member", "Problem"],
  Node: ["Client", "Department", "HistoryEntry", "Kind", "Member", "Message", "Session", "Ticket"],
  OpenTicketResult: ["OpenTicketSuccess", "Problem"],
  ReplyResult: ["Problem", "ReplySuccess"],
  SecurityResult: ["Problem", "Security"],
  TicketResult: ["Problem", "Ticket"],
  TimelineItem: ["HistoryEntry", "Message"],
};
