import { useStepUpQuestion } from "../gql/stepUp.ts";
import { lazySlot } from "../ui/lazySlot.tsx";
import { withWords } from "./withWords.ts";

const dialog = lazySlot(() => withWords(import("./StepUpDialog.tsx")).then((module) => module.StepUpDialog));

/** Once on each page: the dialog that a sensitive change opens. */
export function StepUpSlot() {
  const question = useStepUpQuestion();
  return question ? <dialog.Slot onAnswer={question.answer} /> : null;
}
