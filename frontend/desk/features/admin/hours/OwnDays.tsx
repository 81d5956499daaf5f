import { Trans, useLingui } from "@lingui/react/macro";
import type { OpeningHoursInput } from "../../../../shared/gql/schema.gen.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { TextField } from "../../../../shared/ui/Field.tsx";
import { Switch } from "../../../../shared/ui/Switch.tsx";
import { endOf, fromClock, toClock } from "./values.ts";

type Days = OpeningHoursInput["days"];

interface Props {
  days: Days;
  problem: string | undefined;
  onChange: (days: Days) => void;
}

/** Days of the company's own: closed, or open at hours of their own, whatever weekday or holiday it is. */
export function OwnDays({ days, problem, onChange }: Props) {
  const { t } = useLingui();
  const replace = (at: number, changes: Partial<Days[number]>) =>
    onChange(days.map((each, index) => (index === at ? { ...each, ...changes } : each)));
  return (
    <div className="grid gap-4">
      {days.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a day that is being filled in has no name but its place.
        <div key={index} className="hours-own-day">
          <TextField
            type="date"
            label={t`Day`}
            value={each.day}
            problem={index === 0 ? problem : undefined}
            onChange={(event) => replace(index, { day: event.target.value })}
          />
          <TextField
            label={t`Name of the day`}
            value={each.name}
            onChange={(event) => replace(index, { name: event.target.value })}
          />
          <Switch
            checked={each.opens != null}
            onChange={(event) =>
              replace(index, event.target.checked ? { opens: 540, closes: 1020 } : { opens: null, closes: null })
            }
          >
            <Trans>open</Trans>
          </Switch>
          {each.opens != null && each.closes != null && (
            <span className="hours-span">
              <input
                type="time"
                className="control"
                aria-label={t`${each.name}, opens`}
                value={toClock(each.opens)}
                onChange={(event) => {
                  const opens = fromClock(event.target.value) ?? each.opens ?? 0;
                  replace(index, { opens, closes: endOf(opens, each.closes ?? 0) });
                }}
              />
              <span aria-hidden="true">–</span>
              <input
                type="time"
                className="control"
                aria-label={t`${each.name}, closes`}
                value={toClock(each.closes)}
                onChange={(event) =>
                  replace(index, { closes: endOf(each.opens ?? 0, fromClock(event.target.value) ?? each.closes ?? 0) })
                }
              />
            </span>
          )}
          <Button
            look="plain"
            aria-label={t`Remove the day ${each.name}`}
            onClick={() => onChange(days.filter((_, other) => other !== index))}
          >
            ×
          </Button>
        </div>
      ))}
      <p>
        <Button look="quiet" onClick={() => onChange([...days, { day: "", name: "", opens: null, closes: null }])}>
          <Trans>Add a day</Trans>
        </Button>
      </p>
    </div>
  );
}
