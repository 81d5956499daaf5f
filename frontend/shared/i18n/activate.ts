import { i18n, type Messages } from "@lingui/core";

export type Language = "en" | "nl";

/** The catalogues of an area, each loaded only when its language is spoken. */
export type Catalogues = Record<Language, () => Promise<{ messages: Messages }>>;

/** The nearest language that we speak, English where we speak none that was asked for. */
export function chooseLanguage(...wanted: (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const language = tag?.toLowerCase().split("-")[0];
    if (language === "nl" || language === "en") return language;
  }
  return "en";
}

const late: Catalogues[] = [];

/** Adds words that only some pages need; they follow when another language is spoken. */
export async function addWords(catalogues: Catalogues): Promise<void> {
  if (!late.includes(catalogues)) late.push(catalogues);
  // A page that is opened first comes while the language of the whole document is still being loaded.
  const language = chooseLanguage(i18n.locale || document.documentElement.lang);
  i18n.load(language, (await catalogues[language]()).messages);
}

/**
 * Switches every text to the language of `tag` (a BCP 47 tag such as "nl" or "en-GB"); dates and numbers follow the
 * whole tag, so a British company reads 24 November and not November 24.
 */
export async function activate(catalogues: Catalogues, tag: string): Promise<void> {
  const language = chooseLanguage(tag);
  const found = await Promise.all([catalogues, ...late].map((each) => each[language]()));
  for (const { messages } of found) i18n.load(language, messages);
  i18n.activate(language, [formattingLocale(tag), language]);
  document.documentElement.lang = tag;
}

/** A bare "en" would mean American dates and twelve-hour times; the reader's own browser knows better. */
function formattingLocale(tag: string): string {
  if (tag.includes("-")) return tag;
  const own = navigator.languages.find((each) => each.toLowerCase().startsWith(`${tag.toLowerCase()}-`));
  return own ?? (tag === "en" ? "en-GB" : tag);
}
