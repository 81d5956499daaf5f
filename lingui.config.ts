import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** A catalogue per area, so that nobody loads the other's words; shared words are in both. */
const area = (name: string) => ({
  path: `<rootDir>/frontend/shared/i18n/{locale}/${name}`,
  include: [`<rootDir>/frontend/${name}`, "<rootDir>/frontend/shared"],
  exclude: ["**/*.test.tsx", "**/test/**", "**/*.gen.ts"],
});

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "nl"],
  fallbackLocales: false,
  catalogs: [area("portal"), area("desk")],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: "message",
  runtimeConfigModule: { Trans: ["#trans", "Trans"] },
});
