import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { useLocale } from "../../../shared/i18n/locale.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useWordsOf } from "../../../shared/ui/changeWords.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { useDesk } from "../../desk.ts";
import { showToast } from "../../toasts.ts";
import { SetHoursDocument, type TeamMemberPartsFragment } from "./routing.gen.ts";
import { type Span, toShifts, toSpans, weekdayNames } from "./week.ts";

interface Props {
  member: TeamMemberPartsFragment;
  /** Leads say how many open tickets rules give somebody. */
  mayLimit: boolean;
}

/** The weekly hours of a member, day by day. Without any they are always in. */
export function HoursForm({ member, mayLimit }: Props) {
  const { t } = useLingui();
  const { company } = useDesk();
  const days = weekdayNames(useLocale());
  const [, setHours] = useMutation(SetHoursDocument);
  const wordsOf = useWordsOf();
  const { presence } = member;
  const [spans, setSpans] = useState<Span[]>(() => toSpans(presence.shifts));
  const [zone, setZone] = useState(presence.timeZone ?? "");
  const [capacity, setCapacity] = useState(presence.capacity === null ? "" : String(presence.capacity));
  const [problem, setProblem] = useState<string>();

  const change = (at: Span, value: Partial<Span>) =>
    setSpans(spans.map((each) => (each === at ? { ...each, ...value } : each)));
  const add = (weekday: number) => {
    const last = spans.findLast((span) => span.weekday === weekday);
    setSpans([...spans, { weekday, from: last ? "13:00" : "09:00", to: "17:00" }]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const outcome = toOutcome(
      await setHours({
        memberId: member.id,
        shifts: toShifts(spans),
        timeZone: zone.trim() === "" ? null : zone.trim(),
        capacity: capacity.trim() === "" ? null : Math.trunc(Number(capacity)),
      }),
      (data) => data.setHours,
    );
    setProblem(wordsOf(outcome));
    if (outcome.kind === "done") showToast(t`Saved: hours`);
  };

  return (
    <form className="grid gap-3" onSubmit={submit} noValidate>
      <h2>
        <Trans>Weekly hours</Trans>
      </h2>
      {spans.length === 0 && (
        <p className="faint">
          <Trans>No hours are set: always in, unless away.</Trans>{" "}
          <button
            type="button"
            className="link"
            onClick={() => setSpans([0, 1, 2, 3, 4].map((weekday) => ({ weekday, from: "09:00", to: "17:00" })))}
          >
            <Trans>Start with Monday to Friday, 9 to 5</Trans>
          </button>
        </p>
      )}
      <div className="week">
        {days.map((name, weekday) => (
          <fieldset key={name} className="day">
            <legend>{name}</legend>
            <Button look="plain" aria-label={t`Add hours on ${name}`} onClick={() => add(weekday)}>
              +
            </Button>
            {spans
              .filter((span) => span.weekday === weekday)
              .map((span, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the spans of a day have nothing but their place.
                <span key={place} className="span">
                  <input
                    type="time"
                    className="control num"
                    aria-label={t`${name}, from`}
                    value={span.from}
                    onChange={(event) => change(span, { from: event.target.value })}
                  />
                  –
                  <input
                    type="time"
                    className="control num"
                    aria-label={t`${name}, to`}
                    value={span.to}
                    onChange={(event) => change(span, { to: event.target.value })}
                  />
                  <Button
                    look="plain"
                    aria-label={t`Remove these hours on ${name}`}
                    onClick={() => setSpans(spans.filter((each) => each !== span))}
                  >
                    ×
                  </Button>
                </span>
              ))}
          </fieldset>
        ))}
      </div>
      <p className="faint text-s">
        <Trans>Hours that end before they begin go on until the next morning.</Trans>
      </p>
      <div className="absence-form">
        <TextField
          label={t`Time zone of these hours`}
          placeholder={company.timeZone}
          value={zone}
          onChange={(event) => setZone(event.target.value)}
        />
        {mayLimit && (
          <TextField
            type="number"
            min={0}
            max={1000}
            label={t`Open tickets at most (empty: any number)`}
            value={capacity}
            onChange={(event) => setCapacity(event.target.value)}
          />
        )}
        <Button type="submit" look="primary">
          <Trans>Save the hours</Trans>
        </Button>
      </div>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
    </form>
  );
}
