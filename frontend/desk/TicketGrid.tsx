import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { useFreshIds } from "./freshIds.ts";
import { keepPlace } from "./keepPlace.ts";
import type { RowPartsFragment } from "./row.gen.ts";
import { ROW_HEIGHT, TicketRow } from "./TicketRow.tsx";

export interface GridHandle {
  focus(): void;
}

interface Props {
  label: string;
  rows: readonly RowPartsFragment[];
  hasMore: boolean;
  onEnd: () => void;
  shows: "wait" | "activity";
  showsDepartment?: boolean;
  showsStatus?: boolean;
  openNumber: number | undefined;
  /** The row that the keyboard is at. */
  cursor: string | undefined;
  onCursor: (id: string) => void;
  onOpen: (number: number) => void;
  /** Stands under the last row. */
  children?: ReactNode;
  ref?: Ref<GridHandle>;
}

/** A list of tickets of any length; live changes never move the row that the reader is at. */
export function TicketGrid(props: Props) {
  const { rows, cursor, hasMore, onEnd } = props;
  const prefix = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const hovered = useRef<string>(undefined);
  const at = rows.findIndex((row) => row.id === cursor);
  const fresh = useFreshIds(rows);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    // The active row stays in the page, since the grid points at it.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      return at < 0 || indexes.includes(at) ? indexes : [...indexes, at].sort((one, other) => one - other);
    },
  });
  useImperativeHandle(props.ref, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }), []);

  const ids = useRef<readonly string[]>([]);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = ids.current;
    ids.current = rows.map((row) => row.id);
    if (!element || before.length === 0) return;
    const hasFocus = document.activeElement === element;
    const anchor =
      hovered.current ?? (hasFocus && isInSight(element, before.indexOf(cursor ?? "")) ? cursor : undefined);
    // Nobody is reading at the top of a list that is left alone: it may flow.
    if (anchor === undefined && element.scrollTop < 1) return;
    const place = keepPlace(before, ids.current, element.scrollTop, ROW_HEIGHT, anchor);
    if (place !== element.scrollTop) element.scrollTop = place;
  }, [rows, cursor]);

  // A cursor that was moved comes into sight; one whose row was moved by others does not drag the list along.
  const shownCursor = useRef<string>(undefined);
  useEffect(() => {
    if (at < 0 || shownCursor.current === cursor) return;
    shownCursor.current = cursor;
    virtualizer.scrollToIndex(at, { align: "auto" });
  }, [at, cursor, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 20) onEnd();
  }, [hasMore, lastShown, rows.length, onEnd]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (to !== undefined && isPlain && rows.length > 0) {
      event.preventDefault();
      const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
      if (row) props.onCursor(row.id);
    } else if (event.key === "Enter" && isPlain) {
      const row = rows[at];
      if (!row) return;
      event.preventDefault();
      props.onOpen(row.number);
    }
  };

  if (rows.length === 0) {
    // A grid without rows is none; what stands in its place says so.
    return (
      <div className="list-scroll">
        <div ref={scroller} className="ticket-grid" tabIndex={-1}>
          {props.children}
        </div>
      </div>
    );
  }
  return (
    <div className="list-scroll">
      <div
        ref={scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={hasMore ? -1 : rows.length}
        aria-activedescendant={at < 0 ? undefined : `${prefix}${cursor}`}
        tabIndex={0}
        className="ticket-grid"
        onKeyDown={onKeyDown}
        onPointerOver={(event) => {
          const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-id]") : null;
          hovered.current = row?.dataset["id"];
        }}
        onPointerLeave={() => {
          hovered.current = undefined;
        }}
        onFocus={(event) => {
          const [first] = rows;
          if (event.target === event.currentTarget && at < 0 && first) props.onCursor(first.id);
        }}
      >
        <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {items.map((item) => {
            const ticket = rows[item.index];
            return (
              ticket && (
                <TicketRow
                  key={ticket.id}
                  id={`${prefix}${ticket.id}`}
                  ticket={ticket}
                  index={item.index}
                  shows={props.shows}
                  showsDepartment={props.showsDepartment ?? false}
                  showsStatus={props.showsStatus ?? false}
                  isOpen={ticket.number === props.openNumber}
                  isCursor={item.index === at}
                  isFresh={fresh.has(ticket.id)}
                  style={{ transform: `translateY(${item.start}px)` }}
                  onOpen={props.onOpen}
                />
              )
            );
          })}
        </div>
        {props.children}
      </div>
    </div>
  );
}

function isInSight(element: HTMLElement, index: number): boolean {
  const top = index * ROW_HEIGHT - element.scrollTop;
  return index >= 0 && top > -ROW_HEIGHT && top < element.clientHeight;
}
