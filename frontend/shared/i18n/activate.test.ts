import { i18n, type Messages } from "@lingui/core";
import { expect, test } from "vitest";
import { activate, addWords, type Catalogues } from "./activate.ts";

function catalogues(name: string): { all: Catalogues; arrive: () => void } {
  let arrive: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const words = (language: string) => async () => {
    await waits;
    return { messages: { [name]: `${name} in ${language}` } as unknown as Messages };
  };
  return { all: { en: words("en"), nl: words("nl") }, arrive };
}

test("words that come late are of the language that is spoken when they arrive", async () => {
  const page = catalogues("page");
  const early = catalogues("early");
  document.documentElement.lang = "nl";
  early.arrive();
  await addWords(early.all);
  const later = addWords(page.all);
  const own = catalogues("own");
  own.arrive();
  const spoken = activate(own.all, "nl");
  page.arrive();
  await Promise.all([later, spoken]);
  expect(["own", "page", "early"].map((id) => i18n._(id))).toEqual(["own in nl", "page in nl", "early in nl"]);
  await activate(own.all, "en");
  expect(["own", "page", "early"].map((id) => i18n._(id))).toEqual(["own in en", "page in en", "early in en"]);
});
