import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../../../shared/ui/Button.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";

export type Held = DeskTicketPartsFragment["abilities"]["heldBack"][number];

/** The status or department that is held back on a ticket, if it is. */
export function heldBack(
  ticket: DeskTicketPartsFragment,
  act: Held["act"],
  which: string | undefined,
): Held | undefined {
  return ticket.abilities.heldBack.find(
    (held) => held.act === act && which !== undefined && (held.status ?? held.departmentId) === which,
  );
}

interface Props {
  held: Held;
  /** The reader may go on without proof, giving a reason. */
  mayGoOn: boolean;
  /** When it was asked for last, if it was. */
  asked: DeskTicketPartsFragment["proofAsked"];
  onAsk: () => void;
  onGoOn: (reason: string) => void;
  onCancel: () => void;
}

/** Why something is held back, and the two ways on: ask for the proof, or take the responsibility. */
export function HeldStep({ held, mayGoOn, asked, onAsk, onGoOn, onCancel }: Props) {
  const { t } = useLingui();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();
  const waits = asked?.waits === true;

  return (
    <form
      className="grid gap-3 p-3"
      aria-label={t`Held back`}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === "") setProblem(t`Say why.`);
        else onGoOn(reason.trim());
      }}
    >
      <p>
        <LockMark /> {held.reason}
      </p>
      {waits && asked && (
        <p className="faint">
          <Trans>
            Asked <Time at={asked.at} />; the link works until <Time at={asked.expiresAt} mode="absolute" />.
          </Trans>
        </p>
      )}
      {mayGoOn && (
        <TextField
          label={t`Why go on without proof?`}
          hint={t`It stays in the history, with your name.`}
          autoFocus
          maxLength={500}
          value={reason}
          problem={problem}
          onChange={(event) => {
            setReason(event.target.value);
            setProblem(undefined);
          }}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {held.canAsk && (
          <Button
            look={mayGoOn ? "quiet" : "primary"}
            autoFocus={!mayGoOn}
            onClick={() => {
              onCancel();
              onAsk();
            }}
          >
            {waits ? <Trans>Ask again</Trans> : <Trans>Ask for proof</Trans>}
          </Button>
        )}
        {mayGoOn && (
          <Button type="submit" look="danger">
            <Trans>Go on without proof</Trans>
          </Button>
        )}
        <Button look="plain" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}

export function LockMark() {
  const { t } = useLingui();
  return (
    <svg viewBox="0 0 16 16" width="12" height="12" role="img" aria-label={t`held back`} className="inline-block">
      <path d="M4.5 7V5a3.5 3.5 0 0 1 7 0v2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <rect x="3" y="7" width="10" height="7" rx="1.5" fill="currentColor" />
    </svg>
  );
}
