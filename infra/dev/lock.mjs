// `npm run lock`: compile the pinned requirements into lock files with hashes, for every platform, without addresses.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";

const OPTIONS = [
  "pip",
  "compile",
  "--quiet",
  "--universal",
  "--generate-hashes",
  "--python-version",
  "3.11",
  "--no-emit-index-url",
  "--no-emit-find-links",
  "--no-header",
  "--no-annotate",
  "--no-strip-extras",
];

for (const extra of [
  ["requirements.in", "-o", "requirements.txt"],
  ["-c", "requirements.txt", "requirements-dev.in", "-o", "requirements-dev.txt"],
]) {
  const ran = spawnSync("uv", [...OPTIONS, ...extra, ...process.argv.slice(2)], { cwd: ROOT, stdio: "inherit" });
  if (ran.error) {
    console.error("`uv` is needed to lock the dependencies: pip install uv");
    process.exit(1);
  }
  if (ran.status !== 0) process.exit(ran.status ?? 1);
}
for (const name of ["requirements.txt", "requirements-dev.txt"]) {
  if (/https?:\/\//.test(readFileSync(join(ROOT, name), "utf8"))) {
    console.error(`${name} contains a download address: remove the option that wrote it.`);
    process.exit(1);
  }
}
