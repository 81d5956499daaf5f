import { useLingui } from "@lingui/react";

/** The locale for dates and numbers: the language on the page, in the reader's own region. */
export function useLocale(): string {
  const { i18n } = useLingui();
  const [first] = typeof i18n.locales === "string" ? [i18n.locales] : (i18n.locales ?? []);
  return first ?? i18n.locale;
}
