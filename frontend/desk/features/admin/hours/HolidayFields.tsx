import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useQuery } from "urql";
import type { OpeningHoursInput } from "../../../../shared/gql/schema.gen.ts";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Select } from "../../../../shared/ui/Field.tsx";
import { useNow } from "../../../../shared/ui/now.ts";
import { HolidayCountriesDocument, HolidaysDocument } from "./hours.gen.ts";

interface Props {
  hours: OpeningHoursInput;
  problem: string | undefined;
  onChange: (changes: Partial<OpeningHoursInput>) => void;
}

/** Which public holidays are kept, with the days of a year to see what that means. */
export function HolidayFields({ hours, problem, onChange }: Props) {
  const { t } = useLingui();
  const thisYear = new Date(useNow()).getFullYear();
  const [year, setYear] = useState(thisYear);
  const [{ data }] = useQuery({ query: HolidayCountriesDocument, requestPolicy: "cache-first" });
  const countries = data?.holidayCountries ?? [];
  const parts = countries.find(({ code }) => code === hours.country)?.subdivisions ?? [];
  return (
    <div className="grid gap-4">
      <div className="hours-fields">
        <Select
          label={t`Public holidays of`}
          value={hours.country ?? ""}
          problem={problem}
          onChange={(event) => onChange({ country: event.target.value || null, subdivision: null })}
        >
          <option value="">{t`none`}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
        {parts.length > 0 && (
          <Select
            label={t`Part of the country`}
            value={hours.subdivision ?? ""}
            onChange={(event) => onChange({ subdivision: event.target.value || null })}
          >
            <option value="">{t`the whole country`}</option>
            {parts.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
        {hours.country && (
          <Select label={t`Show the year`} value={year} onChange={(event) => setYear(Number(event.target.value))}>
            {[thisYear, thisYear + 1, thisYear + 2].map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </Select>
        )}
      </div>
      {hours.country && <Year country={hours.country} subdivision={hours.subdivision ?? null} year={year} />}
    </div>
  );
}

function Year({ country, subdivision, year }: { country: string; subdivision: string | null; year: number }) {
  const format = new Intl.DateTimeFormat(useLocale(), {
    weekday: "short",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  const [{ data }] = useQuery({ query: HolidaysDocument, variables: { country, subdivision, year } });
  if (!data) return null;
  return (
    <ul className="hours-year">
      {data.holidays.map(({ day, name }) => (
        <li key={day}>
          <span className="num">{format.format(new Date(day))}</span> {name}
        </li>
      ))}
      {data.holidays.length === 0 && (
        <li>
          <Trans>No holidays are known of that year.</Trans>
        </li>
      )}
    </ul>
  );
}
