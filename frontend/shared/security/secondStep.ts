import { lazySlot } from "../ui/lazySlot.tsx";
import { withWords } from "./withWords.ts";

/** The second of two steps to sign in, whose code comes when it is due. */
export const secondStep = lazySlot(() => withWords(import("./SecondStep.tsx")).then((module) => module.SecondStep));
