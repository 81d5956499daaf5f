import type { Meaning, StatusDraft } from "./policy.ts";
import type { Arrow } from "./useCheck.ts";

/** Where the statuses of a diagram stand, and how the arrows between them run. */

export const NODE = { width: 144, height: 50 };
const GAP = { across: 46, down: 34 };
const EDGE = 18;

const stages: readonly (readonly Meaning[])[] = [
  ["new", "open"],
  ["waiting_for_client", "on_hold"],
  ["solved"],
  ["closed"],
];

export interface Place {
  x: number;
  y: number;
  stage: number;
}

export interface Diagram {
  width: number;
  height: number;
  places: Map<string, Place>;
}

/** Statuses in the order of a ticket's life: beside each other, or below each other where the screen is narrow. */
export function layOut(statuses: readonly StatusDraft[], isNarrow: boolean): Diagram {
  const rows = stages
    .map((meanings) => statuses.filter(({ meaning }) => meanings.includes(meaning)))
    .filter((stage) => stage.length > 0);
  const most = Math.max(1, ...rows.map((stage) => stage.length));
  const step = isNarrow
    ? { stage: NODE.height + 44, within: NODE.width + 8 }
    : { stage: NODE.width + GAP.across, within: NODE.height + GAP.down };
  const places = new Map<string, Place>();
  rows.forEach((stage, index) => {
    const start = ((most - stage.length) * step.within) / 2;
    stage.forEach(({ key }, place) => {
      const along = EDGE + index * step.stage;
      const within = EDGE + start + place * step.within;
      places.set(key, { x: isNarrow ? within : along, y: isNarrow ? along : within, stage: index });
    });
  });
  const size = (isNarrow ? NODE.height : NODE.width) + (rows.length - 1) * step.stage + 2 * EDGE;
  const breadth = (isNarrow ? NODE.width : NODE.height) + (most - 1) * step.within + 2 * EDGE;
  return { width: isNarrow ? breadth : size, height: isNarrow ? size : breadth, places };
}

/**
 * The path of an arrow: on one side of the straight line there, on the other side back, so that the two do not meet.
 * Of several arrows the same way, each has its `place`.
 */
export function pathOf(diagram: Diagram, { source, to }: Pick<Arrow, "source" | "to">, place = 0): string | undefined {
  const from = diagram.places.get(source);
  const into = diagram.places.get(to);
  if (!from || !into) return undefined;
  const start = centre(from);
  const end = centre(into);
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
  const side = { x: -(end.y - start.y) / length, y: (end.x - start.x) / length };
  const bend = 16 + 15 * place + 14 * Math.max(0, Math.abs(from.stage - into.stage) - 1);
  const middle = { x: (start.x + end.x) / 2 + side.x * bend, y: (start.y + end.y) / 2 + side.y * bend };
  const leaves = edgeTowards(start, middle, 2);
  const arrives = edgeTowards(end, middle, 7);
  return `M${round(leaves.x)} ${round(leaves.y)}Q${round(middle.x)} ${round(middle.y)} ${round(arrives.x)} ${round(arrives.y)}`;
}

interface Point {
  x: number;
  y: number;
}

function centre({ x, y }: Point): Point {
  return { x: x + NODE.width / 2, y: y + NODE.height / 2 };
}

/** Where the line from the middle of a node to a point leaves it, and a little further. */
function edgeTowards(from: Point, to: Point, beyond: number): Point {
  const across = to.x - from.x;
  const down = to.y - from.y;
  const share = Math.min(
    1,
    (NODE.width / 2 + beyond) / Math.max(Math.abs(across), 0.01),
    (NODE.height / 2 + beyond) / Math.max(Math.abs(down), 0.01),
  );
  return { x: from.x + across * share, y: from.y + down * share };
}

const round = (value: number): number => Math.round(value * 10) / 10;
