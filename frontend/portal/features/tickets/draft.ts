import type { Priority } from "../../../shared/gql/schema.gen.ts";

/** What a person has written so far. Never a secret: proofs are not part of it. */
export interface RequestDraft {
  departmentId: string;
  /** "" before the choice, "none" for something else than the kinds on offer. */
  kindId: string;
  /** Which of the client's projects it is about, where it is about one. */
  projectId: string;
  subject: string;
  body: string;
  priority: Priority;
  name: string;
  email: string;
  /** The account that a guest says it is about. */
  account: string;
}

/** What a link to the form asks for: `/new?department=..&kind=..&subject=..`. */
export interface Prefill {
  department?: string | undefined;
  kind?: string | undefined;
  subject?: string | undefined;
}

interface StoredDraft extends RequestDraft {
  /** Made once per draft: a second click or a retry after a lost answer makes no second request. */
  key: string;
  /** The link that began or last filled the draft; on a reload it must not overwrite what was written since. */
  from: string;
}

const KEY = "countersign:draft:request";
/** Suggestions of a place that were dismissed for this draft. */
export const DISMISSED_PLACES = "countersign:draft:dismissed-places";

const empty: RequestDraft = {
  departmentId: "",
  kindId: "",
  projectId: "",
  subject: "",
  body: "",
  priority: "MEDIUM",
  name: "",
  email: "",
  account: "",
};

interface Offer {
  id: string;
  kinds: readonly { id: string }[];
}

/**
 * The draft of this tab, filled in by the link that was followed here, within what is on offer to this visitor.
 * `kept` tells that it holds earlier words.
 */
export function openDraft(
  prefill: Prefill,
  offers: readonly Offer[],
): { draft: RequestDraft; key: string; kept: boolean } {
  const stored = read();
  const from = JSON.stringify([prefill.department, prefill.kind, prefill.subject]);
  const { key, from: storedFrom, ...earlier } = stored ?? { ...empty, key: newKey(), from: "" };
  const isSameLink = storedFrom === from;
  const draft = within(offers, isSameLink ? earlier : applied(earlier, prefill));
  write({ ...draft, key, from });
  return { draft, key, kept: earlier.body.trim() !== "" };
}

export function saveDraft(draft: RequestDraft): void {
  const stored = read();
  if (stored) write({ ...stored, ...draft });
}

export function clearDraft(): void {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(DISMISSED_PLACES);
}

/** A choice that is not on offer is none; the only one there is needs no choosing. */
function within(offers: readonly Offer[], draft: RequestDraft): RequestDraft {
  const only = offers.length === 1 ? offers[0] : undefined;
  const offer = offers.find((each) => each.id === draft.departmentId) ?? only;
  const hasKind = draft.kindId === "none" || offer?.kinds.some((kind) => kind.id === draft.kindId);
  return { ...draft, departmentId: offer?.id ?? "", kindId: hasKind ? draft.kindId : "" };
}

function applied(earlier: RequestDraft, prefill: Prefill): RequestDraft {
  return {
    ...earlier,
    departmentId: prefill.department ?? earlier.departmentId,
    kindId: prefill.kind ?? (prefill.department ? "" : earlier.kindId),
    subject: prefill.subject?.slice(0, 200) ?? earlier.subject,
  };
}

function read(): StoredDraft | undefined {
  const text = sessionStorage.getItem(KEY);
  if (!text) return undefined;
  try {
    return { ...empty, key: newKey(), from: "", ...(JSON.parse(text) as Partial<StoredDraft>) };
  } catch {
    // Not written by this page: a fresh draft replaces it.
    return undefined;
  }
}

function write(draft: StoredDraft): void {
  sessionStorage.setItem(KEY, JSON.stringify(draft));
}

/** Unlike `crypto.randomUUID` this also works where the page came over plain HTTP. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
