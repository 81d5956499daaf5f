import { createContext, useContext } from "react";
import type { DeskCompanyPartsFragment, DeskStartQuery } from "./start.gen.ts";

export type Viewer = NonNullable<DeskStartQuery["viewer"]>;

/** Whose desk this is, and who sits at it. */
export interface Desk {
  company: DeskCompanyPartsFragment;
  viewer: Viewer;
  /** Asks the server again for everything on screen. */
  refetch: () => void;
  /** Switches the texts to the language of a tag. */
  speak: (tag: string) => Promise<void>;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("useDesk outside of the desk.");
  return desk;
}
