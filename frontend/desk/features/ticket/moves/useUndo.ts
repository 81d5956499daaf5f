import { useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../../shared/gql/problem.ts";
import { showToast } from "../../../toasts.ts";
import type { DeskHistoryPartsFragment } from "../ticket.gen.ts";
import { UndoMergeDocument, UndoSplitDocument } from "./moves.gen.ts";

export type UndoableMove = Pick<NonNullable<DeskHistoryPartsFragment["undo"]>, "kind" | "number">;

/** Takes a split or a merge back. Gives the reason where that cannot be. */
export function useUndo(): (move: UndoableMove) => Promise<string | undefined> {
  const { t } = useLingui();
  const [, undoSplit] = useMutation(UndoSplitDocument);
  const [, undoMerge] = useMutation(UndoMergeDocument);
  return async ({ kind, number }) => {
    const outcome =
      kind === "SPLIT"
        ? toOutcome(await undoSplit({ number }), (data) => data.undoSplit)
        : toOutcome(await undoMerge({ number }), (data) => data.undoMerge);
    if (outcome.kind === "refused") return outcome.problem.message;
    if (outcome.kind === "failed") {
      return outcome.failure.kind === "offline"
        ? t`No connection. Nothing was changed.`
        : t`Nothing was changed. Try again.`;
    }
    const other = outcome.value.other.number;
    showToast(kind === "SPLIT" ? t`#${number} is back in #${other}` : t`#${number} goes on by itself again`);
    return undefined;
  };
}
