import type { OpeningHoursInput, PromisesInput } from "../../../../shared/gql/schema.gen.ts";
import { priorities } from "../../../priorities.ts";
import type { OpeningHoursPartsFragment, PromisesPartsFragment } from "./hours.gen.ts";

const DAY = 1440;

/** Monday to Friday, nine to five: a place to begin. */
export const usualHours: OpeningHoursInput = {
  spans: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, opens: 540, closes: 1020 })),
  days: [],
  zone: null,
  country: null,
  subdivision: null,
};

export const noPromises: PromisesInput = {
  times: [],
  aim: { count: "OPENING_HOURS", warnMinutes: 30 },
  answer: { count: "OPENING_HOURS", warnMinutes: 60 },
  solution: { count: "OPENING_HOURS", warnMinutes: 240 },
};

/** What was read, as it is given back: without the names of types. */
export function toHours(found: OpeningHoursPartsFragment): OpeningHoursInput {
  return {
    spans: found.spans.map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
    days: found.days.map(({ day, name, opens, closes }) => ({ day, name, opens, closes })),
    zone: found.zone,
    country: found.country,
    subdivision: found.subdivision,
  };
}

export function toPromises(found: PromisesPartsFragment): PromisesInput {
  const rule = ({ count, warnMinutes }: PromisesPartsFragment["aim"]) => ({ count, warnMinutes });
  return {
    times: found.times.map(({ priority, aim, answer, solution }) => ({ priority, aim, answer, solution })),
    aim: rule(found.aim),
    answer: rule(found.answer),
    solution: rule(found.solution),
  };
}

/** All five rows of the grid, those that promise nothing too. */
export function allTimes(promises: PromisesInput) {
  return priorities.map(
    (priority) =>
      promises.times.find((each) => each.priority === priority) ?? {
        priority,
        aim: null,
        answer: null,
        solution: null,
      },
  );
}

/** Minutes since midnight as a field of time shows them: 540 is 09:00, and so is 540 on the next day. */
export function toClock(minutes: number): string {
  const inDay = minutes % DAY;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

/** The minutes of a field of time; undefined while it is not filled in. */
export function fromClock(text: string): number | undefined {
  const [hours, minutes] = text.split(":").map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)
    ? undefined
    : hours * 60 + minutes;
}

/** An end that is not after the begin is on the next day. */
export function endOf(opens: number, closes: number): number {
  const inDay = closes % DAY;
  return inDay <= opens ? inDay + DAY : inDay;
}
