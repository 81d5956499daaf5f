import { defineConfig, mergeConfig } from "vitest/config";
import shared from "./vite.config.ts";

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      environment: "jsdom",
      environmentOptions: { jsdom: { url: "http://anchor.localhost/" } },
      include: ["**/*.test.{ts,tsx}"],
      setupFiles: ["shared/test/setup.ts"],
      restoreMocks: true,
      testTimeout: 30_000,
      expect: { poll: { timeout: 8_000 } },
      maxWorkers: 2,
      env: { TZ: "Europe/Amsterdam" },
    },
  }),
);
