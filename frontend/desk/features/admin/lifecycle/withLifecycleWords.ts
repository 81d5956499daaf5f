import { addWords, type Catalogues } from "../../../../shared/i18n/activate.ts";

const catalogues: Catalogues = {
  en: () => import("../../../../shared/i18n/en/lifecycle.po"),
  nl: () => import("../../../../shared/i18n/nl/lifecycle.po"),
};

/** A module of the policy editor together with its words: nobody else loads them. */
export async function withLifecycleWords<Module>(module: Promise<Module>): Promise<Module> {
  const [loaded] = await Promise.all([module, addWords(catalogues)]);
  return loaded;
}
