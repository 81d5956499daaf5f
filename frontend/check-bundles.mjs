/**
 * Holds the built pages to their byte budgets (brotli, 1 kB = 1000 bytes). A page is an entry with everything it
 * imports, plus the lazy modules that it always shows, plus one catalogue.
 */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";

const dist = resolve(import.meta.dirname, "../dist");

/** @type {{ name: string, entry: string, shows: string[], budget: number }[]} */
const pages = JSON.parse(readFileSync(resolve(import.meta.dirname, "budgets.json"), "utf8")).pages;
const limits = { css: 8_000, catalogue: 15_000, composer: 120_000, lazy: 60_000 };

/** @type {Record<string, { file: string, src?: string, imports?: string[], css?: string[], isDynamicEntry?: boolean }>} */
const manifest = JSON.parse(readFileSync(resolve(dist, ".vite/manifest.json"), "utf8"));

const size = (/** @type {string} */ file) => statSync(resolve(dist, `${file}.br`)).size;

function chunk(/** @type {string} */ key) {
  const found = manifest[key];
  if (!found) throw new Error(`budgets.json names ${key}, which is not in the build.`);
  return found;
}

/** Every file that loads with these modules. */
function filesOf(/** @type {string[]} */ keys) {
  const seen = new Set();
  const queue = [...keys];
  const files = { js: new Set(), css: new Set() };
  for (let key = queue.pop(); key; key = queue.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    const { file, imports = [], css = [] } = chunk(key);
    if (file.endsWith(".js")) files.js.add(file);
    for (const each of css) files.css.add(each);
    queue.push(...imports);
  }
  return files;
}

const sum = (/** @type {Set<string>} */ files) => [...files].reduce((total, file) => total + size(file), 0);
const rows = [];

for (const { name, entry, shows, budget } of pages) {
  const { js, css } = filesOf([entry, ...shows]);
  rows.push({ name: `${name}: JavaScript`, bytes: sum(js), budget });
  rows.push({ name: `${name}: CSS`, bytes: sum(css), budget: limits.css });
}
for (const [key, { file, isDynamicEntry }] of Object.entries(manifest)) {
  if (!isDynamicEntry) continue;
  const budget = key.endsWith(".po") ? limits.catalogue : /composer/i.test(key) ? limits.composer : limits.lazy;
  rows.push({ name: key, bytes: size(file), budget });
}

let failed = 0;
for (const { name, bytes, budget } of rows) {
  const isOver = bytes > budget;
  if (isOver) failed += 1;
  const figures = `${(bytes / 1000).toFixed(1).padStart(6)} of ${(budget / 1000).toFixed(0).padStart(3)} kB`;
  process.stdout.write(`${isOver ? "OVER" : "ok  "} ${figures}  ${name}\n`);
}
process.exitCode = failed > 0 ? 1 : 0;
