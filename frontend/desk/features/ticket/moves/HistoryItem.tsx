import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Time } from "../../../../shared/ui/Time.tsx";
import type { DeskHistoryPartsFragment } from "../ticket.gen.ts";
import { useUndo } from "./useUndo.ts";

/** A piece of history; where it tells of another ticket it leads there, and a move that stands can be taken back here. */
export function HistoryItem({ entry }: { entry: DeskHistoryPartsFragment }) {
  const undoMove = useUndo();
  const [problem, setProblem] = useState<string>();
  const { undo } = entry;
  return (
    <p className="history">
      <Time at={entry.at} style="narrow" />
      <span>
        <span>
          <Sentence entry={entry} />
        </span>
        {entry.by && ` · ${entry.by.name}`}
        {undo && (
          <>
            {" · "}
            <button type="button" className="link" onClick={() => void undoMove(undo).then(setProblem)}>
              <Trans>Undo</Trans>
            </button>
          </>
        )}
        {problem && (
          <span role="alert" className="pill" data-tone="urgent">
            {" "}
            {problem}
          </span>
        )}
      </span>
    </p>
  );
}

function Sentence({ entry }: { entry: DeskHistoryPartsFragment }) {
  const { sentence, otherNumber } = entry;
  const mark = `#${otherNumber}`;
  const at = otherNumber === null ? -1 : sentence.indexOf(mark);
  if (at < 0) return sentence;
  return (
    <>
      {sentence.slice(0, at)}
      <Link to="/tickets/$number" params={{ number: String(otherNumber) }} className="link">
        {mark}
      </Link>
      {sentence.slice(at + mark.length)}
    </>
  );
}
