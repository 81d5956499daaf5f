// `npm run setup`: everything that a fresh clone needs, and nothing twice. Needs Node >= 20 and Python >= 3.11 alone.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment, NODE_FOLDER, python, ROOT } from "./paths.mjs";

const NODE_VERSION = "24.21.0";
const NEEDED_NODE = 22;
const FRONTEND_INPUTS = ["frontend", "schema.graphql", "vite.config.ts", "lingui.config.ts", "package-lock.json"];

class SetupError extends Error {}

/** Runs a command of the setup to its end; its output is shown only if it fails. */
function run(command, args) {
  return new Promise((done, fail) => {
    const words = [];
    const child = spawn(command, args, { cwd: ROOT, env: { ...environment(), NO_COLOR: "1" } });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => words.push(chunk));
    const failed = (why) => fail(new SetupError(`\`${command} ${args.join(" ")}\` failed:\n${why}`));
    child.on("error", (error) => failed(error.message));
    child.on("close", (code) => {
      if (code === 0) done();
      else failed(Buffer.concat(words).toString().trim().split("\n").slice(-30).join("\n"));
    });
  });
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => name !== "node_modules")
    .flatMap((name) => filesUnder(join(path, name)));
}

/** A short word that changes when the content of one of the files or folders does. */
function fingerprint(names, extra = "") {
  const hash = createHash("sha256").update(extra);
  for (const file of names.flatMap((name) => filesUnder(join(ROOT, name)))) {
    hash.update(file.slice(ROOT.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** Does `work` unless the stamp says that it was done for this fingerprint; one line when it is done. */
async function step(name, stamp, print, work) {
  const path = join(ROOT, stamp);
  if (existsSync(path) && readFileSync(path, "utf8") === print) return;
  const began = Date.now();
  console.log(`${name} ...`);
  rmSync(path, { force: true });
  await work();
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, print);
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

function findPython() {
  const candidates = [
    process.env.COUNTERSIGN_PYTHON,
    "python3",
    "python3.13",
    "python3.12",
    "python3.11",
    "python3.14",
    "python",
  ];
  for (const candidate of candidates.filter(Boolean)) {
    const asked = spawnSync(
      candidate,
      ["-c", 'import sys; print(sys.executable if sys.version_info >= (3, 11) else "")'],
      {
        encoding: "utf8",
      },
    );
    const found = asked.status === 0 ? asked.stdout.trim() : "";
    if (found !== "") return found;
  }
  throw new SetupError("Python 3.11 or newer was not found. Install it, or name it in COUNTERSIGN_PYTHON.");
}

/** `checks` asks for what the checks need, too; whoever only runs the product waits for less. */
async function setUpPython({ checks }) {
  const venvWorks = existsSync(python) && spawnSync(python, ["-c", "import pip"], { stdio: "ignore" }).status === 0;
  if (!venvWorks) {
    const base = findPython();
    await step("Python environment", ".venv/.made", base, () => {
      rmSync(join(ROOT, ".venv"), { recursive: true, force: true });
      const made = spawnSync(base, ["-m", "venv", join(ROOT, ".venv")], { encoding: "utf8" });
      if (made.status !== 0) {
        const words = `${made.stdout}${made.stderr}`.trim();
        throw new SetupError(
          `The virtual environment could not be made (Debian needs \`apt-get install python3-venv\`):\n${words}`,
        );
      }
    });
  }
  const install = (file) =>
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", file]);
  const all = fingerprint(["requirements-dev.txt"]);
  if (checks) {
    await step("Python packages", ".venv/.packages-dev", all, () => install("requirements-dev.txt"));
    return;
  }
  const withChecks = join(ROOT, ".venv", ".packages-dev");
  if (existsSync(withChecks) && readFileSync(withChecks, "utf8") === all) return; // They hold these, too.
  await step("Python packages", ".venv/.packages", fingerprint(["requirements.txt"]), () =>
    install("requirements.txt"),
  );
}

/** The front-end tools need a newer Node than many systems have: it comes as an npm package, without an installer. */
async function setUpNode() {
  if (Number(process.versions.node.split(".")[0]) >= NEEDED_NODE) return;
  const name = `node-${process.platform}-${process.arch}`;
  await step(`Node ${NODE_VERSION}`, ".tools/.node", `${name}@${NODE_VERSION}`, async () => {
    const wanted = `${name}@${NODE_VERSION}`;
    await run("npm", ["install", "--prefix", ".tools", "--no-save", "--no-package-lock", "--silent", wanted]);
    if (!existsSync(NODE_FOLDER)) throw new SetupError(`Node ${NODE_VERSION} did not arrive in ${NODE_FOLDER}.`);
  });
}

async function setUpFrontend() {
  if (!existsSync(join(ROOT, "package-lock.json"))) return;
  await step("npm packages", "node_modules/.countersign", fingerprint(["package-lock.json"]), () =>
    run("npm", ["ci", "--silent"]),
  );
}

async function buildPages() {
  if (!existsSync(join(ROOT, "vite.config.ts"))) return;
  await step("Pages for the browser", "dist/.built", fingerprint(FRONTEND_INPUTS), () =>
    run("npm", ["run", "--silent", "build"]),
  );
}

function installHook() {
  if (process.env.CI) return;
  const git = (...args) => spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  const top = git("rev-parse", "--show-toplevel");
  if (top.error || top.status !== 0 || top.stdout.trim() !== ROOT) return;
  if (git("config", "--get", "core.hooksPath").status === 0) return;
  git("config", "--local", "core.hooksPath", "infra/dev/hooks");
}

/** Throws SetupError with words for a person. Python and the front end are set up side by side. */
export async function setUp({ pages = true, checks = true } = {}) {
  const frontend = async () => {
    await setUpNode();
    await setUpFrontend();
    if (pages) await buildPages();
  };
  await Promise.all([setUpPython({ checks }), frontend()]);
  installHook();
}

/** Sets up, or says in plain words why not and ends with code 1. */
export async function setUpOrExit(options) {
  try {
    await setUp(options);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setUpOrExit();
  console.log("Everything is in place.");
}
