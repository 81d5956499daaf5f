import { expect, test } from "vitest";
import { absoluteTime, describeDuration, describeTime, exactTime } from "./times.ts";

// A Tuesday; the zone of the tests is Amsterdam, an hour ahead of UTC in November.
const now = new Date("2026-11-24T11:00:00Z");
const at = (text: string) => new Date(text);

test("within a day a moment is relative, in both directions", () => {
  expect(describeTime(at("2026-11-24T10:48:00Z"), now, "en-GB")).toBe("12 minutes ago");
  expect(describeTime(at("2026-11-23T12:00:00Z"), now, "en-GB")).toBe("23 hours ago");
  expect(describeTime(at("2026-11-24T14:30:00Z"), now, "en-GB")).toBe("in 3 hours");
  expect(describeTime(at("2026-11-24T10:59:40Z"), now, "en-GB")).toBe("now");
});

test("after a day it is absolute: yesterday, the weekday, the date, the year", () => {
  expect(describeTime(at("2026-11-23T10:00:00Z"), now, "en-GB")).toBe("yesterday 11:00");
  expect(describeTime(at("2026-11-19T09:00:00Z"), now, "en-GB")).toBe("Thursday 10:00");
  expect(describeTime(at("2026-10-15T08:00:00Z"), now, "en-GB")).toBe("15 Oct, 10:00");
  expect(describeTime(at("2025-10-15T08:00:00Z"), now, "en-GB")).toBe("15 Oct 2025, 10:00");
});

test("a weekday is used only when it cannot be mistaken", () => {
  expect(absoluteTime(at("2026-11-30T09:00:00Z"), now, "en-GB")).toBe("Monday 10:00");
  expect(absoluteTime(at("2026-12-01T09:00:00Z"), now, "en-GB")).toBe("1 Dec, 10:00");
});

test("today is implied or named, as the sentence needs", () => {
  expect(absoluteTime(at("2026-11-24T15:00:00Z"), now, "en-GB")).toBe("16:00");
  expect(absoluteTime(at("2026-11-24T15:00:00Z"), now, "en-GB", "named")).toBe("today 16:00");
});

test("the days are the reader's, not those of UTC", () => {
  expect(absoluteTime(at("2026-11-24T23:30:00Z"), now, "en-GB")).toBe("tomorrow 00:30");
});

test("it speaks the reader's language", () => {
  expect(describeTime(at("2026-11-24T10:48:00Z"), now, "nl")).toBe("12 minuten geleden");
  expect(absoluteTime(at("2026-11-27T09:00:00Z"), now, "nl")).toBe("vrijdag 10:00");
  expect(absoluteTime(at("2026-11-25T09:00:00Z"), now, "en-US")).toBe("tomorrow 10:00 AM");
});

test("exact means the whole date, the seconds and the zone", () => {
  expect(exactTime(at("2026-11-24T10:48:07Z"), "en-GB")).toMatch(/^Tuesday,? 24 November 2026 at 11:48:07 CET$/);
});

test("a duration has two units at most and is never negative", () => {
  expect(describeDuration(112 * 60_000, "en-GB")).toBe("1 hr 52 mins");
  expect(describeDuration(29 * 60_000, "en-GB")).toBe("29 mins");
  expect(describeDuration(50 * 3_600_000, "en-GB")).toBe("2 days 2 hrs");
  expect(describeDuration(-5_000, "en-GB")).toBe("0 mins");
});
