import { expect, it } from "vitest";
import { sealLeaks } from "./sealText.ts";

const nameOf = (kind: string) => (kind === "CARD" ? "card number" : "password");
const markOf = (label: string) => `[sealed: ${label}]`;

it("leaves marks in the place of secrets, by code points, and gives each a name of its own", () => {
  const text = "😀 pw: Kestrel!49, card 4242 4242 4242 4242, pw: Other-2";
  const at = (part: string) => Array.from(text.slice(0, text.indexOf(part))).length;
  const leak = (kind: "PASSWORD" | "CARD", part: string) => ({ kind, start: at(part), end: at(part) + part.length });
  const sealed = sealLeaks(
    text,
    [leak("PASSWORD", "Other-2"), leak("CARD", "4242 4242 4242 4242"), leak("PASSWORD", "Kestrel!49")],
    nameOf,
    markOf,
    [],
  );
  expect(sealed.text).toBe("😀 pw: [sealed: password], card [sealed: card number], pw: [sealed: password (2)]");
  expect(sealed.secrets).toEqual([
    { label: "password", value: "Kestrel!49" },
    { label: "card number", value: "4242 4242 4242 4242" },
    { label: "password (2)", value: "Other-2" },
  ]);
  expect(sealLeaks("x", [], nameOf, markOf).text).toBe("x");
});
