import axe from "axe-core";
import { expect } from "vitest";

/** Fails with axe's own words when it finds anything; contrast is judged in the real browser, as jsdom paints nothing. */
export async function expectNoViolations(container: Element = document.body): Promise<void> {
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  const words = violations.map((each) => `${each.id}: ${each.help}\n${each.nodes.map((node) => node.html).join("\n")}`);
  expect(words).toEqual([]);
}
