// `npm start`: set up what is missing, then the supervisor (infra/dev/up.py) runs everything until Ctrl-C.
import { runPython } from "./run.mjs";
import { setUpOrExit } from "./setup.mjs";

await setUpOrExit({ checks: false });
runPython(["-m", "backend.cli", "up", ...process.argv.slice(2)]);
