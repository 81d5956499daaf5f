// Sets up, then runs this clone's Python with the given arguments: `node infra/dev/run.mjs -m backend.cli doctor`.
import { spawn } from "node:child_process";
import { environment, python, ROOT } from "./paths.mjs";
import { setUpOrExit } from "./setup.mjs";

/** Python takes over: signals go to it, and its exit code is ours. */
export function runPython(args) {
  const env = { ...environment(), COUNTERSIGN_STOP_WITH_PARENT: "1" };
  const child = spawn(python, args, { cwd: ROOT, env, stdio: "inherit" });
  // Ctrl-C reaches the whole group, so Python has it already; a signal sent to us alone is passed on.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A killed npm passes nothing on: its going is the signal then.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
  child.on("error", (error) => {
    console.error(`Python could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

if (process.argv[1].endsWith("run.mjs")) {
  await setUpOrExit({ pages: false });
  runPython(process.argv.slice(2));
}
