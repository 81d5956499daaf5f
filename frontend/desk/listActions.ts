import { useLingui } from "@lingui/react/macro";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useActions } from "../shared/keyboard/actions.ts";
import type { RowPartsFragment } from "./row.gen.ts";
import type { GridHandle } from "./TicketGrid.tsx";

interface Options {
  rows: readonly RowPartsFragment[];
  openNumber: number | undefined;
  /** `step`: the next one is read in place of this one. */
  onOpen: (number: number, how: "open" | "step") => void;
  grid: RefObject<GridHandle | null>;
}

/** Moves through a list by keys: with a ticket open j and k read on, otherwise they move the cursor. */
export function useListActions({ rows, openNumber, onOpen, grid }: Options) {
  const { t } = useLingui();
  const [moved, setMoved] = useState<string>();
  const open = openNumber === undefined ? undefined : rows.find((row) => row.number === openNumber);
  const cursor = open?.id ?? moved;
  const at = rows.findIndex((row) => row.id === cursor);

  // A ticket that was answered may leave the list; the next one then stands in its place.
  const lastAt = useRef(-1);
  useEffect(() => {
    if (at >= 0) lastAt.current = at;
  }, [at]);

  useEffect(() => {
    if (open) setMoved(open.id);
  }, [open]);

  const step = (by: 1 | -1) => {
    const next = at >= 0 ? at + by : by > 0 ? Math.max(lastAt.current, 0) : Math.max(lastAt.current - 1, 0);
    const row = rows[Math.min(next, rows.length - 1)];
    if (!row || row.id === cursor) return;
    setMoved(row.id);
    if (openNumber === undefined) grid.current?.focus();
    else onOpen(row.number, "step");
  };

  const target = rows[at];
  useActions([
    { id: "list.next", name: t`Next ticket`, group: t`Move`, keys: "j", isHidden: true, perform: () => step(1) },
    {
      id: "list.previous",
      name: t`Previous ticket`,
      group: t`Move`,
      keys: "k",
      isHidden: true,
      perform: () => step(-1),
    },
    {
      id: "list.open",
      name: t`Open the ticket`,
      group: t`Move`,
      keys: "o",
      isHidden: true,
      isEnabled: target !== undefined,
      perform: () => target && onOpen(target.number, "open"),
    },
  ]);

  return { cursor, setCursor: setMoved };
}
