import { Trans, useLingui } from "@lingui/react/macro";
import type { OpeningHoursInput } from "../../../../shared/gql/schema.gen.ts";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { endOf, fromClock, toClock } from "./values.ts";

type Spans = OpeningHoursInput["spans"];
const weekdays = [0, 1, 2, 3, 4, 5, 6];
const MONDAY = Date.UTC(2024, 0, 1);

/** The hours of each weekday: none, one span or several, each as long as past midnight. */
export function WeekEditor({ spans, onChange }: { spans: Spans; onChange: (spans: Spans) => void }) {
  const { t } = useLingui();
  const names = new Intl.DateTimeFormat(useLocale(), { weekday: "long", timeZone: "UTC" });
  const nameOf = (weekday: number) => names.format(MONDAY + weekday * 86_400_000);
  const of = (weekday: number) => spans.filter((each) => each.weekday === weekday);
  const replace = (old: Spans[number], changes: Partial<Spans[number]>) =>
    onChange(
      spans.map((each) => {
        if (each !== old) return each;
        const next = { ...each, ...changes };
        return { ...next, closes: endOf(next.opens, next.closes) };
      }),
    );
  const monday = of(0);
  return (
    <div className="hours-week">
      {weekdays.map((weekday) => (
        <fieldset key={weekday}>
          <legend>{nameOf(weekday)}</legend>
          <div className="hours-spans">
            {of(weekday).map((span, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a span has no name but its place.
              <span key={index} className="hours-span">
                <input
                  type="time"
                  className="control"
                  aria-label={t`${nameOf(weekday)}, opens`}
                  value={toClock(span.opens)}
                  onChange={(event) => replace(span, { opens: fromClock(event.target.value) ?? span.opens })}
                />
                <span aria-hidden="true">–</span>
                <input
                  type="time"
                  className="control"
                  aria-label={t`${nameOf(weekday)}, closes`}
                  value={toClock(span.closes)}
                  onChange={(event) => replace(span, { closes: fromClock(event.target.value) ?? span.closes })}
                />
                {span.closes > 1440 && (
                  <span className="faint">
                    <Trans>next day</Trans>
                  </span>
                )}
                <Button
                  look="plain"
                  aria-label={t`Remove these hours of ${nameOf(weekday)}`}
                  onClick={() => onChange(spans.filter((each) => each !== span))}
                >
                  ×
                </Button>
              </span>
            ))}
            {of(weekday).length === 0 && (
              <span className="faint">
                <Trans>closed</Trans>
              </span>
            )}
            <Button
              look="plain"
              aria-label={t`Add hours to ${nameOf(weekday)}`}
              onClick={() => {
                const last = of(weekday).at(-1);
                const opens = last ? Math.min(last.closes + 60, 1380) : 540;
                onChange([...spans, { weekday, opens, closes: last ? opens + 60 : 1020 }]);
              }}
            >
              <Trans>Add hours</Trans>
            </Button>
          </div>
        </fieldset>
      ))}
      <p>
        <Button
          look="quiet"
          isDisabled={monday.length === 0}
          onClick={() =>
            onChange([
              ...[0, 1, 2, 3, 4].flatMap((weekday) => monday.map((each) => ({ ...each, weekday }))),
              ...spans.filter((each) => each.weekday > 4),
            ])
          }
        >
          <Trans>Monday’s hours for all working days</Trans>
        </Button>
      </p>
    </div>
  );
}
