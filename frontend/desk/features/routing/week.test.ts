import { expect, test } from "vitest";
import { clockOf, fieldOf, minutesOf, toShifts, toSpans, weekdayNames } from "./week.ts";

test("hours go to the server and come back as they were typed, also through midnight and until it", () => {
  const spans = [
    { weekday: 0, from: "09:00", to: "17:30" },
    { weekday: 4, from: "22:00", to: "06:00" },
    { weekday: 6, from: "12:00", to: "00:00" },
  ];
  const shifts = toShifts(spans);
  expect(shifts).toEqual([
    { weekday: 0, begins: 540, ends: 1050 },
    { weekday: 4, begins: 1320, ends: 360 },
    { weekday: 6, begins: 720, ends: 1440 },
  ]);
  expect(toSpans(shifts.toReversed())).toEqual(spans);
});

test("what is no time is told from what is one", () => {
  expect(["9:05", "23:59", "24:00", "12:60", "", "noon"].map(minutesOf)).toEqual([
    545,
    1439,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(clockOf(1440)).toBe("00:00");
});

test("weeks begin on Monday, and a field shows the reader's own time", () => {
  expect(weekdayNames("nl")[0]).toBe("maandag");
  expect(weekdayNames("en").at(-1)).toBe("Sunday");
  expect(fieldOf(new Date("2026-01-05T08:30:00Z"))).toBe("2026-01-05T09:30");
});
