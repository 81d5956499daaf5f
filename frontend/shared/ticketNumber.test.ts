import { expect, test } from "vitest";
import { ticketNumber } from "./ticketNumber.ts";

test.each([
  ["1042", 1042],
  ["#1042", 1042],
  [" # 1042 ", 1042],
  ["[#1042]", 1042],
  ["(1042)", 1042],
  ["Ticket 1042", 1042],
  ["nr. 1042", 1042],
  ["Re: [#1042] Contact form throws an error 500", 1042],
])("%s is the number of a ticket", (text, number) => {
  expect(ticketNumber(text)).toBe(number);
});

test.each(["", "#", "0", "error 500", "web12", "1042 and 1043", "2026-11-24", "1234567890123"])(
  "%s is words",
  (text) => {
    expect(ticketNumber(text)).toBeUndefined();
  },
);
