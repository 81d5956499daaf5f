import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { Select, TextField } from "../../../../shared/ui/Field.tsx";
import { Ladder } from "./Ladder.tsx";
import type { PolicyDraft, StatusDraft, StepDraft } from "./policy.ts";
import { named, reminderNames, stepNames } from "./words.ts";

interface Props {
  policy: PolicyDraft;
  status: StatusDraft;
  reminders: readonly string[];
  at: (path: string) => string | undefined;
  onChange: (ladder: StepDraft[]) => void;
}

/** What happens by itself in a status: a time line, and a row for each step. */
export function LadderEditor({ policy, status, reminders, at, onChange }: Props) {
  const { t } = useLingui();
  const ladder = policy.timers[status.key] ?? [];
  const path = `timers.${status.key}`;
  const whole = at(path);
  const add = () => {
    const last = ladder.at(-1);
    const closed = policy.statuses.find(({ meaning, key }) => meaning === "closed" && key !== status.key);
    const hours = (last?.after_hours ?? 0) + 24;
    const step: StepDraft =
      ladder.length === 0 && closed && status.meaning !== "closed"
        ? { after_hours: hours, action: "set_status", status: closed.key }
        : { after_hours: hours, action: "tag", tag: "" };
    // What ends the ladder stays its end.
    const isEnded = last?.action === "set_status";
    const next = { ...step, after_hours: isEnded ? Math.max(1, last.after_hours - 24) : hours };
    onChange(isEnded ? ladder.toSpliced(-1, 0, next) : [...ladder, next]);
  };
  return (
    <fieldset className="field ladder">
      <legend>
        <Trans>By itself, while the ticket stays here</Trans>
      </legend>
      {ladder.length > 0 ? (
        <Ladder policy={policy} ladder={ladder} />
      ) : (
        <p className="hint">
          <Trans>Nothing happens by itself.</Trans>
        </p>
      )}
      {ladder.map((step, place) => (
        <StepRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own, its place is its name.
          key={place}
          policy={policy}
          status={status}
          step={step}
          place={place}
          reminders={reminders}
          path={`${path}.${place}`}
          at={at}
          onChange={(next) => onChange(ladder.with(place, next))}
          onRemove={() => onChange(ladder.toSpliced(place, 1))}
        />
      ))}
      {whole && <span className="problem">{whole}</span>}
      <Button look="plain" onClick={add}>
        + {t`Add a step`}
      </Button>
    </fieldset>
  );
}

interface RowProps {
  policy: PolicyDraft;
  status: StatusDraft;
  step: StepDraft;
  place: number;
  reminders: readonly string[];
  path: string;
  at: (path: string) => string | undefined;
  onChange: (step: StepDraft) => void;
  onRemove: () => void;
}

function StepRow({ policy, status, step, place, reminders, path, at, onChange, onRemove }: RowProps) {
  const { t } = useLingui();
  const locale = useLocale();
  const number = place + 1;
  const isDays = step.count !== "business_hours" && step.after_hours >= 24 && step.after_hours % 24 === 0;
  const [unit, setUnit] = useState(isDays ? "days" : step.count === "business_hours" ? "business_hours" : "hours");
  const hoursOf = (amount: number, of: string) => (of === "days" ? amount * 24 : amount);
  const amount = unit === "days" ? step.after_hours / 24 : step.after_hours;
  const counted = (hours: number, of: string): StepDraft => ({
    ...step,
    after_hours: hours,
    count: of === "business_hours" ? "business_hours" : "hours",
  });
  const does = (action: StepDraft["action"]): StepDraft => {
    const { after_hours, count } = step;
    const timed = { after_hours, ...(count && { count }), action };
    if (action === "remind") return { ...timed, template: reminders[0] ?? null };
    if (action === "tag") return { ...timed, tag: step.tag ?? "" };
    const to = policy.statuses.find(({ meaning, key }) => meaning === "closed" && key !== status.key);
    return { ...timed, status: to?.key ?? null, ...(step.tag && { tag: step.tag }) };
  };
  const problem = at(path);
  return (
    <div className="ladder-step" role="group" aria-label={t`Step ${number}`}>
      <TextField
        label={t`After`}
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        value={Number.isFinite(amount) ? String(amount) : ""}
        problem={at(`${path}.after_hours`)}
        onChange={({ target }) => onChange(counted(hoursOf(Number(target.value), unit), unit))}
      />
      <Select
        label={t`Counted in`}
        value={unit}
        onChange={({ target: { value } }) => {
          setUnit(value);
          onChange(counted(hoursOf(amount, value), value));
        }}
      >
        <option value="hours">{t`hours`}</option>
        <option value="days">{t`days`}</option>
        <option value="business_hours">{t`opening hours`}</option>
      </Select>
      <Select
        label={t`What happens`}
        value={step.action}
        onChange={({ target }) => onChange(does(target.value as StepDraft["action"]))}
      >
        {(Object.keys(stepNames) as StepDraft["action"][]).map((action) => (
          <option key={action} value={action}>
            {t(stepNames[action])}
          </option>
        ))}
      </Select>
      {step.action === "remind" && (
        <Select
          label={t`With the mail`}
          value={step.template ?? ""}
          problem={at(`${path}.template`)}
          onChange={({ target }) => onChange({ ...step, template: target.value })}
        >
          {reminders.map((name) => (
            <option key={name} value={name}>
              {reminderNames[name] ? t(reminderNames[name]) : name}
            </option>
          ))}
        </Select>
      )}
      {step.action === "set_status" && (
        <Select
          label={t`New status`}
          value={step.status ?? ""}
          problem={at(`${path}.status`)}
          onChange={({ target }) => onChange({ ...step, status: target.value })}
        >
          {policy.statuses
            .filter(({ key }) => key !== status.key)
            .map(({ key, names }) => (
              <option key={key} value={key}>
                {named(names, locale)}
              </option>
            ))}
        </Select>
      )}
      {step.action !== "remind" && (
        <TextField
          label={step.action === "tag" ? t`Tag` : t`Tag (may be empty)`}
          value={step.tag ?? ""}
          maxLength={60}
          problem={at(`${path}.tag`)}
          onChange={({ target: { value } }) =>
            onChange({ ...step, tag: step.action === "set_status" && value === "" ? null : value })
          }
        />
      )}
      <Button look="plain" aria-label={t`Remove step ${number}`} onClick={onRemove}>
        <Trans>Remove</Trans>
      </Button>
      {problem && <span className="problem">{problem}</span>}
    </div>
  );
}
