import { addWords, type Catalogues } from "../shared/i18n/activate.ts";

const catalogues: Catalogues = {
  en: () => import("../shared/i18n/en/office.po"),
  nl: () => import("../shared/i18n/nl/office.po"),
};

/** A page of the desk that is opened now and then, together with its words: see `office` in lingui.config.ts. */
export async function withOffice<Module>(module: Promise<Module>): Promise<Module> {
  const [loaded] = await Promise.all([module, addWords(catalogues)]);
  return loaded;
}
