import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import { useActions } from "../../../shared/keyboard/actions.ts";
import { lazySlot } from "../../../shared/ui/lazySlot.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { Tooltip } from "../../../shared/ui/Tooltip.tsx";
import { showToast } from "../../toasts.ts";
import { ClockPill } from "./ClockPill.tsx";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";
import { DeskCloseNowDocument, PauseDocument, ResumeDocument, SnoozeDocument } from "./timers.gen.ts";

const picker = lazySlot(() => import("./SnoozePicker.tsx").then((module) => module.SnoozePicker));

interface Props {
  ticket: DeskTicketPartsFragment;
  onOutcome: (outcome: Outcome<unknown>) => void;
}

/** What was promised, what will happen by itself and when, and the ways to put that off, stop it, or end it now. */
export function Timers({ ticket, onOutcome }: Props) {
  const { t } = useLingui();
  const { number, abilities, timers } = ticket;
  const group = t`Ticket #${number}`;
  const anchor = useRef<HTMLButtonElement>(null);
  const [isSnoozing, setSnoozing] = useState(false);
  const [, snooze] = useMutation(SnoozeDocument);
  const [, pause] = useMutation(PauseDocument);
  const [, resume] = useMutation(ResumeDocument);
  const [, closeNow] = useMutation(DeskCloseNowDocument);
  useEffect(() => {
    if (abilities.snooze) picker.preload();
  }, [abilities.snooze]);

  const said = (outcome: Outcome<unknown>, message: string, undo?: () => Promise<unknown>) => {
    if (outcome.kind === "done") showToast(message, undo && (() => void undo()));
    onOutcome(outcome);
  };
  const doPause = async () =>
    said(
      toOutcome(await pause({ number }), (data) => data.pause),
      t`The timers of #${number} are paused`,
      () => resume({ number }),
    );
  const doResume = async () =>
    said(
      toOutcome(await resume({ number }), (data) => data.resume),
      t`The timers of #${number} go on`,
      () => pause({ number }),
    );
  const actions = {
    snooze: {
      id: "ticket.snooze",
      name: t`Snooze…`,
      group,
      keys: "z",
      isEnabled: abilities.snooze,
      perform: () => setSnoozing(true),
    },
    pause: {
      id: "ticket.pause",
      name: abilities.resume ? t`Let the timers go on` : t`Pause the timers`,
      group,
      keys: "shift+z",
      isEnabled: abilities.pause || abilities.resume,
      perform: () => void (abilities.resume ? doResume() : doPause()),
    },
    closeNow: {
      id: "ticket.closeNow",
      name: t`Close now`,
      group,
      keys: "shift+x",
      isEnabled: abilities.closeNow,
      perform: async () =>
        said(
          toOutcome(await closeNow({ number, withoutProof: null }), (data) => data.closeNow),
          t`#${number} is closed`,
        ),
    },
  };
  useActions(Object.values(actions));

  const isPaused = timers.some((timer) => timer.dueAt === null);
  return (
    <>
      {ticket.clocks.map((clock) => (
        <ClockPill key={clock.promise} clock={clock} />
      ))}
      {isPaused && (
        <button type="button" className="pill" onClick={actions.pause.perform}>
          <Trans>Timers paused, let them go on</Trans>
        </button>
      )}
      {timers.map(
        (timer, index) =>
          timer.dueAt !== null && (
            <Tooltip key={timer.id} label={actions.snooze.name} keys={actions.snooze.keys}>
              <button
                ref={index === 0 ? anchor : undefined}
                type="button"
                className="pill"
                data-tone="wait"
                onClick={actions.snooze.perform}
              >
                <span>
                  <TimerWords action={timer.action} at={timer.dueAt} />
                </span>
              </button>
            </Tooltip>
          ),
      )}
      {timers.length > 0 && !isPaused && (
        <Tooltip label={actions.pause.name} keys={actions.pause.keys}>
          <button type="button" className="pill" onClick={actions.pause.perform}>
            <Trans>Pause</Trans>
          </button>
        </Tooltip>
      )}
      {timers.length > 0 && abilities.closeNow && (
        <Tooltip label={actions.closeNow.name} keys={actions.closeNow.keys}>
          <button type="button" className="pill" onClick={() => void actions.closeNow.perform()}>
            {actions.closeNow.name}
          </button>
        </Tooltip>
      )}
      {isSnoozing && (
        <picker.Slot
          anchor={anchor}
          onClose={() => setSnoozing(false)}
          onChoose={async (choice) => {
            setSnoozing(false);
            const chosen = { hours: choice.hours ?? null, until: choice.until ?? null };
            said(
              toOutcome(await snooze({ number, ...chosen }), (data) => data.snooze),
              t`#${number} is put off`,
            );
          }}
        />
      )}
    </>
  );
}

function TimerWords({ action, at }: { action: string; at: string }) {
  if (action === "remind") {
    return (
      <Trans>
        reminds <Time at={at} mode="absolute" />
      </Trans>
    );
  }
  if (action === "tag") {
    return (
      <Trans>
        is tagged <Time at={at} mode="absolute" />
      </Trans>
    );
  }
  return (
    <Trans>
      closes <Time at={at} mode="absolute" />
    </Trans>
  );
}
