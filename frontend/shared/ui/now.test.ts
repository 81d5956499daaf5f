import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  document.documentElement.removeAttribute("data-clock-ahead");
  vi.resetModules();
});

it("counts from where the business clock stands", async () => {
  document.documentElement.setAttribute("data-clock-ahead", "93600000");
  const { present } = await import("./now.ts");
  expect(Math.abs(present() - Date.now() - 93_600_000)).toBeLessThan(1_000);
});

it("is the browser's time where nothing is said of the clock", async () => {
  const { present } = await import("./now.ts");
  expect(Math.abs(present() - Date.now())).toBeLessThan(1_000);
});
