import type { Meaning, StatusDraft } from "./policy.ts";
import type { Arrow } from "./useCheck.ts";

/** Where the statuses of a diagram stand, and how the arrows between them run. */

export type Room = "narrow" | "medium" | "wide";

interface Point {
  x: number;
  y: number;
}

export interface Place extends Point {
  stage: number;
}

export interface Diagram {
  width: number;
  height: number;
  isDown: boolean;
  node: { width: number; height: number };
  places: Map<string, Place>;
}

const sizes = {
  narrow: { width: 132, height: 50, between: 44, beside: 8, end: 14, side: 30 },
  medium: { width: 144, height: 50, between: 46, beside: 30, end: 18, side: 44 },
  wide: { width: 152, height: 50, between: 112, beside: 30, end: 18, side: 44 },
} as const satisfies Record<Room, unknown>;

const stages: readonly (readonly Meaning[])[] = [
  ["new", "open"],
  ["waiting_for_client", "on_hold"],
  ["solved"],
  ["closed"],
];

/** Statuses in the order of a ticket's life: beside each other, or below each other where the screen is narrow. */
export function layOut(statuses: readonly StatusDraft[], room: Room): Diagram {
  const { width, height, between, beside, end, side } = sizes[room];
  const isDown = room === "narrow";
  const [along, across] = isDown ? [height, width] : [width, height];
  const rows = stages
    .map((meanings) => statuses.filter(({ meaning }) => meanings.includes(meaning)))
    .filter((stage) => stage.length > 0);
  const most = Math.max(1, ...rows.map((stage) => stage.length));
  const places = new Map<string, Place>();
  rows.forEach((stage, index) => {
    const start = ((most - stage.length) * (across + beside)) / 2;
    stage.forEach(({ key }, place) => {
      const far = end + index * (along + between);
      const off = side + start + place * (across + beside);
      places.set(key, isDown ? { x: off, y: far, stage: index } : { x: far, y: off, stage: index });
    });
  });
  const length = rows.length * (along + between) - between + 2 * end;
  const breadth = most * (across + beside) - beside + 2 * side;
  const [wide, high] = isDown ? [breadth, length] : [length, breadth];
  return { width: wide, height: high, isDown, node: { width, height }, places };
}

/**
 * The path of an arrow. One to the next stage bends to one side there and to the other side back; one that passes a stage goes
 * round it on the outer side. Of several arrows the same way, each has its `place`.
 */
export function pathOf(diagram: Diagram, { source, to }: Pick<Arrow, "source" | "to">, place = 0): string | undefined {
  const from = diagram.places.get(source);
  const into = diagram.places.get(to);
  if (!from || !into) return undefined;
  const start = centre(from, diagram);
  const end = centre(into, diagram);
  const bend = bendOf(diagram, from, into, place);
  const middle = { x: (start.x + end.x) / 2 + bend.x, y: (start.y + end.y) / 2 + bend.y };
  const leaves = edgeTowards(start, middle, diagram, 2);
  const arrives = edgeTowards(end, middle, diagram, 7);
  return `M${round(leaves.x)} ${round(leaves.y)}Q${round(middle.x)} ${round(middle.y)} ${round(arrives.x)} ${round(arrives.y)}`;
}

function bendOf(diagram: Diagram, from: Place, into: Place, place: number): Point {
  const passed = Math.abs(from.stage - into.stage) - 1;
  const isBack = into.stage < from.stage;
  if (passed <= 0) {
    const [across, down] = [into.x - from.x, into.y - from.y];
    const length = Math.hypot(across, down) || 1;
    const by = 16 + 15 * place;
    return { x: (-down / length) * by, y: (across / length) * by };
  }
  const middle = diagram.isDown
    ? (from.x + into.x + diagram.node.width) / 2 - diagram.width / 2
    : (from.y + into.y + diagram.node.height) / 2 - diagram.height / 2;
  const outwards = Math.abs(middle) < 1 ? (isBack ? 1 : -1) : Math.sign(middle);
  const clear = diagram.isDown ? diagram.node.width * 0.9 : diagram.node.height * 1.55;
  const by = outwards * (clear + 20 * (passed - 1) + 15 * place + (isBack ? 18 : 0));
  return diagram.isDown ? { x: by, y: 0 } : { x: 0, y: by };
}

function centre({ x, y }: Point, { node }: Diagram): Point {
  return { x: x + node.width / 2, y: y + node.height / 2 };
}

/** Where the line from the middle of a node to a point leaves it, and a little further. */
function edgeTowards(from: Point, to: Point, { node }: Diagram, beyond: number): Point {
  const across = to.x - from.x;
  const down = to.y - from.y;
  const share = Math.min(
    1,
    (node.width / 2 + beyond) / Math.max(Math.abs(across), 0.01),
    (node.height / 2 + beyond) / Math.max(Math.abs(down), 0.01),
  );
  return { x: from.x + across * share, y: from.y + down * share };
}

const round = (value: number): number => Math.round(value * 10) / 10;
