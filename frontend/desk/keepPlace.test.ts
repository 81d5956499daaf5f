import { expect, test } from "vitest";
import { keepPlace } from "./keepPlace.ts";

const ids = (...numbers: number[]) => numbers.map(String);
const before = ids(1, 2, 3, 4, 5, 6, 7, 8);

test("a row that comes in above moves the list along, so that the reader's row stays where it was", () => {
  expect(keepPlace(before, ids(0, 1, 2, 3, 4, 5, 6, 7, 8), 90, 44)).toBe(134);
});

test("a row that goes from above moves the list back", () => {
  expect(keepPlace(before, ids(2, 3, 4, 5, 6, 7, 8), 90, 44)).toBe(46);
});

test("what happens below the reader moves nothing", () => {
  expect(keepPlace(before, ids(1, 2, 3, 4, 9, 5, 6, 7, 8), 90, 44)).toBe(90);
});

test("the row under the pointer is the one that stays", () => {
  expect(keepPlace(before, ids(1, 2, 3, 9, 4, 5, 6, 7, 8), 0, 44, "5")).toBe(44);
});

test("when the reader's row itself goes, the next one takes its place", () => {
  expect(keepPlace(before, ids(1, 2, 4, 5, 6, 7, 8), 88, 44)).toBe(44);
});

test("a list that is another one altogether is left where it is", () => {
  expect(keepPlace(before, ids(20, 21), 90, 44)).toBe(90);
});
