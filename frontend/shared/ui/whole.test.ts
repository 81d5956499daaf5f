import { expect, test } from "vitest";
import { whole } from "./whole.ts";

test("an e-mail stays whole, and nothing else is touched", () => {
  expect(whole("Move my E-mail and e-mailadres")).toBe("Move my E-\u2060mail and e-\u2060mailadres");
  expect(whole("some-mail, re-mail")).toBe("some-mail, re-mail");
});
