import { useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type ReactNode, useContext } from "react";
import { SelectionContext } from "./selection.ts";

interface Props {
  id: string;
  author: string;
  isNote: boolean;
  children: ReactNode;
}

/** A message that can be chosen while messages are split off: by a click, or by space with the arrows between them. */
export function Pickable({ id, author, isNote, children }: Props) {
  const { t } = useLingui();
  const selection = useContext(SelectionContext);
  if (!selection) return children;
  const isChosen = selection.chosen.has(id);
  return (
    <div className="pickable" data-chosen={isChosen || undefined}>
      <input
        type="checkbox"
        checked={isChosen}
        aria-label={isNote ? t`Choose the note by ${author}` : t`Choose the message by ${author}`}
        onChange={() => selection.toggle(id)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.preventDefault();
            selection.onDone();
          } else step(event);
        }}
      />
      {children}
    </div>
  );
}

function step(event: KeyboardEvent<HTMLInputElement>): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const boxes = pickableBoxes();
  boxes[boxes.indexOf(event.currentTarget) + by]?.focus();
}

export function pickableBoxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(".pickable > input")];
}
