import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";

interface Options {
  ids: readonly string[];
  onMove: (id: string, position: number) => void;
}

interface Drag {
  id: string;
  to: number;
}

/** The list with one entry taken out and put at a place. */
export function moved(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((each) => each !== id);
  return others.toSpliced(Math.min(Math.max(to, 0), others.length), 0, id);
}

/**
 * Puts the rows of a short list in order: by dragging the handle (mouse, pen or finger), or with the arrow keys on it.
 * The rows show the new order while one drags; Escape leaves it as it was.
 */
export function useReorder({ ids, onMove }: Options) {
  const [drag, setDrag] = useState<Drag>();
  const list = useRef<HTMLUListElement>(null);
  const order = drag ? moved(ids, drag.id, drag.to) : ids;

  const placeAt = (y: number): number => {
    const rows = [...(list.current?.children ?? [])];
    const at = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    return at < 0 ? rows.length - 1 : at;
  };

  const handle = (id: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ id, to: ids.indexOf(id) });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.id !== id) return;
      const to = placeAt(event.clientY);
      if (to !== drag.to) setDrag({ id, to });
    },
    onPointerUp: () => {
      if (drag?.id === id && drag.to !== ids.indexOf(id)) onMove(id, drag.to);
      setDrag(undefined);
    },
    onPointerCancel: () => setDrag(undefined),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (event.key === "Escape") setDrag(undefined);
      if (by === undefined) return;
      event.preventDefault();
      const to = ids.indexOf(id) + by;
      if (to >= 0 && to < ids.length) onMove(id, to);
    },
  });

  return { list, order, dragged: drag?.id, handle };
}
