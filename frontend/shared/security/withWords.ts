import { addWords, type Catalogues } from "../i18n/activate.ts";

const catalogues: Catalogues = {
  en: () => import("../i18n/en/security.po"),
  nl: () => import("../i18n/nl/security.po"),
};

/** A module of these pages together with its words. */
export async function withWords<Module>(module: Promise<Module>): Promise<Module> {
  const [loaded] = await Promise.all([module, addWords(catalogues)]);
  return loaded;
}
