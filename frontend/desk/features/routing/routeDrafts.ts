import type { Category, RouteInput, RouteMoment, RouteStep } from "../../../shared/gql/schema.gen.ts";
import type { RoutePartsFragment } from "./routes.gen.ts";

/** A route while it is edited; `key` tells the lines apart while they move. */
export interface RouteDraft {
  key: string;
  departmentId: string | null;
  category: Category | null;
  moments: RouteMoment[];
  steps: RouteStep[];
  offShift: boolean;
}

let made = 0;

export function newDraft(values: Partial<RouteDraft> = {}): RouteDraft {
  made += 1;
  return {
    key: `new ${made}`,
    departmentId: null,
    category: null,
    moments: ["OPENED"],
    steps: ["NEXT_AVAILABLE"],
    offShift: false,
    ...values,
  };
}

/** The four rules of an agency (FIELD.md B4), to begin with where there are none. */
export function usualRoutes(): RouteDraft[] {
  return [
    newDraft({ moments: ["REPLIED"], steps: ["ANSWERED_FIRST"] }),
    newDraft({
      category: "PROJECT_MESSAGE",
      moments: ["OPENED", "CHANGED"],
      steps: ["PROJECT_LEAD", "NEXT_AVAILABLE"],
      offShift: true,
    }),
    newDraft({ category: "WORK_REQUEST", moments: ["OPENED", "CHANGED"], steps: ["USUAL_AGENT", "NEXT_AVAILABLE"] }),
    newDraft({ category: "QUESTION", moments: ["OPENED", "TRANSFERRED"], steps: ["NEXT_AVAILABLE"] }),
  ];
}

export function draftOf({ id, departmentId, category, moments, steps, offShift }: RoutePartsFragment): RouteDraft {
  return { key: id, departmentId, category, moments, steps, offShift };
}

export function inputOf({ departmentId, category, moments, steps, offShift }: RouteDraft): RouteInput {
  return { departmentId, category, moments, steps, offShift };
}

export function isSameList(one: RouteDraft[], other: RouteDraft[]): boolean {
  return JSON.stringify(one.map(inputOf)) === JSON.stringify(other.map(inputOf));
}

/** The list with one line at another place. */
export function movedTo(drafts: RouteDraft[], from: number, to: number): RouteDraft[] {
  const rest = drafts.toSpliced(from, 1);
  const line = drafts[from];
  return line ? rest.toSpliced(to, 0, line) : drafts;
}
