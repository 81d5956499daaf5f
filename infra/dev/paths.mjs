// Where the tools of this clone lie, for the scripts that run before anything is installed.
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const NODE_FOLDER = join(ROOT, ".tools", "node_modules", `node-${process.platform}-${process.arch}`, "bin");
export const python = join(ROOT, ".venv", "bin", "python");

/** The environment of child processes: this clone's tools come first on the PATH. */
export function environment() {
  const folders = [join(ROOT, ".venv", "bin"), join(ROOT, "node_modules", ".bin")];
  if (existsSync(NODE_FOLDER)) folders.unshift(NODE_FOLDER);
  return { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) };
}
