import { createContext } from "react";

/** The messages that are chosen to be split off; null while nothing is chosen. */
export interface Selection {
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** The choice is made: on to what becomes of it. */
  onDone: () => void;
}

export const SelectionContext = createContext<Selection | null>(null);
