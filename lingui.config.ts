import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

const exclude = ["**/*.test.tsx", "**/test/**", "**/*.gen.ts"];

/** Pages of the portal that come after the first: their words are loaded with them, not with the start page. */
const late = [
  "session/ForgottenPage.tsx",
  "session/AccessPage.tsx",
  "links/*.tsx",
  "pin/SupportPinPage.tsx",
  "tickets/*.tsx",
].map((page) => `<rootDir>/frontend/portal/features/${page}`);

/** Pages of the desk that are opened now and then; `frontend/desk/withOffice.ts` loads their words. */
const office = ["<rootDir>/frontend/desk/features/routing", "<rootDir>/frontend/desk/features/thanks"];
/** Settings that few people open; `frontend/desk/features/admin/lifecycle/withLifecycleWords.ts` loads their words. */
const seldom = ["lifecycle/**", "hours/**", "files/**", "mailIn/**", "Panel*.tsx"].map(
  (page) => `<rootDir>/frontend/desk/features/admin/${page}`,
);

/** A catalogue per area, so that nobody loads the other's words; shared words are in both. */
const area = (name: string) => ({
  path: `<rootDir>/frontend/shared/i18n/{locale}/${name}`,
  include: [`<rootDir>/frontend/${name}`, "<rootDir>/frontend/shared"],
  exclude: [
    ...exclude,
    "<rootDir>/frontend/shared/security/**",
    "<rootDir>/frontend/shared/attachments/**",
    ...seldom,
    ...late,
    ...office.map((folder) => `${folder}/**`),
  ],
});

/** The words of the portal's later pages and of all about signing in: see `shared/security/withWords.ts`. */
const security = {
  path: "<rootDir>/frontend/shared/i18n/{locale}/security",
  include: ["<rootDir>/frontend/shared/security", ...late],
  exclude,
};

const officeWords = {
  path: "<rootDir>/frontend/shared/i18n/{locale}/office",
  include: office,
  exclude,
};

/** The words of the policy editor and of other settings that few people open. */
const lifecycle = {
  path: "<rootDir>/frontend/shared/i18n/{locale}/lifecycle",
  include: seldom.map((page) => page.replace(/\/\*\*$/, "")),
  exclude,
};

/** The words of files, which come with them: see `shared/attachments/slots.ts`. */
const attachments = {
  path: "<rootDir>/frontend/shared/i18n/{locale}/attachments",
  include: ["<rootDir>/frontend/shared/attachments"],
  exclude,
};

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "nl"],
  fallbackLocales: false,
  catalogs: [area("portal"), area("desk"), security, officeWords, lifecycle, attachments],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: "message",
  runtimeConfigModule: { Trans: ["#trans", "Trans"] },
});
