import { createContext, useContext } from "react";
import type { CompanyPartsFragment, VisitorQuery } from "./visitor.gen.ts";

export type Viewer = NonNullable<VisitorQuery["viewer"]>;

/** Whose portal this is, and who visits it; no viewer is a guest. */
export interface Visitor {
  company: CompanyPartsFragment;
  viewer: Viewer | null;
  /** Who visited is signed in no longer: the session ran out, or was ended in another tab. */
  hasSessionEnded: boolean;
  /** Asks the server again for everything on screen. */
  refetch: () => void;
}

export function toVisitor(data: VisitorQuery): Pick<Visitor, "company" | "viewer"> {
  return { company: data.company, viewer: data.viewer };
}

export const VisitorContext = createContext<Visitor | null>(null);

export function useVisitor(): Visitor {
  const visitor = useContext(VisitorContext);
  if (!visitor) throw new Error("useVisitor outside of the portal.");
  return visitor;
}

/** The name to greet with: the first word, unless that is an initial or the whole is no person's name. */
export function givenName(name: string): string {
  const first = name.trim().split(/\s+/)[0] ?? "";
  return first.replace(".", "").length > 1 ? first : name.trim();
}
