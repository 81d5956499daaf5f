import type { ShiftInput } from "../../../shared/gql/schema.gen.ts";

/** Hours as they are typed: "09:00" to "17:00" on a weekday, where 0 is Monday. */
export interface Span {
  weekday: number;
  from: string;
  to: string;
}

const DAY = 1_440;

/** 540 as "09:00"; the end of a day is "00:00" again. */
export function clockOf(minutes: number): string {
  const within = minutes % DAY;
  return `${pad(Math.floor(within / 60))}:${pad(within % 60)}`;
}

/** "09:00" as 540; undefined for what is no time. */
export function minutesOf(clock: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(clock) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const found = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && found < DAY ? found : undefined;
}

export function toSpans(shifts: readonly ShiftInput[]): Span[] {
  return shifts
    .toSorted((one, other) => one.weekday - other.weekday || one.begins - other.begins)
    .map(({ weekday, begins, ends }) => ({ weekday, from: clockOf(begins), to: clockOf(ends) }));
}

/** What the server takes; a span until midnight ends at the day's end, and what is no time is left for it to refuse. */
export function toShifts(spans: readonly Span[]): ShiftInput[] {
  return spans.map(({ weekday, from, to }) => ({
    weekday,
    begins: minutesOf(from) ?? -1,
    ends: minutesOf(to) === 0 ? DAY : (minutesOf(to) ?? -1),
  }));
}

/** The weekdays' names, Monday first. */
export function weekdayNames(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(2024, 0, 1 + day))));
}

/** A moment as a field for date and time shows it, in the reader's zone. */
export function fieldOf(moment: Date): string {
  const day = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  return `${day}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
