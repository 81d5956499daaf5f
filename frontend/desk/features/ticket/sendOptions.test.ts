import { expect, test } from "vitest";
import { statuses } from "../../test/fixtures.ts";
import { sendOptions } from "./sendOptions.ts";

const { open, asked, solved } = statuses;
const keys = (...offered: Parameters<typeof sendOptions>[0]) => sendOptions(offered).map(({ key }) => key);

test("keeps the company's order, in which the last one is the usual one", () => {
  expect(keys(open, solved, asked)).toEqual(["open", "resolved", "awaiting_you"]);
  expect(keys()).toEqual([]);
});

test("of two with the same words the later one stays, so that the usual one is never the one that goes", () => {
  expect(keys(asked, open, { ...asked, key: "awaiting_the_bank" })).toEqual(["open", "awaiting_the_bank"]);
});
