import { addWords, type Catalogues } from "../i18n/activate.ts";
import { lazySlot } from "../ui/lazySlot.tsx";

const words: Catalogues = {
  en: () => import("../i18n/en/attachments.po"),
  nl: () => import("../i18n/nl/attachments.po"),
};

/** Files and their words come when they are needed: most messages have none. */
export const attachmentList = lazySlot(async () => {
  const [module] = await Promise.all([import("./AttachmentList.tsx"), addWords(words)]);
  return module.AttachmentList;
});

/** The form is there first. */
export const attachFiles = lazySlot(async () => {
  const [module] = await Promise.all([import("./AttachFiles.tsx"), addWords(words)]);
  return module.AttachFiles;
});
