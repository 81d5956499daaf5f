import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { PromisesInput } from "../../../../shared/gql/schema.gen.ts";
import { Select, TextField } from "../../../../shared/ui/Field.tsx";
import { priorityNames } from "../../../priorities.ts";
import { allTimes } from "./values.ts";

const columns = ["aim", "answer", "solution"] as const;
const names = {
  aim: msg`Aim to answer`,
  answer: msg`Answer at the latest`,
  solution: msg`Solve at the latest`,
};

interface Props {
  promises: PromisesInput;
  onChange: (promises: PromisesInput) => void;
}

/** Hours for each priority; an empty field promises nothing. Under each column, which hours count and when one is warned. */
export function PromiseGrid({ promises, onChange }: Props) {
  const { t } = useLingui();
  const times = allTimes(promises);
  return (
    <div className="hours-scroll">
      <table className="hours-grid">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Priority</Trans>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(names[column])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((row) => (
            <tr key={row.priority}>
              <th scope="row">{t(priorityNames[row.priority])}</th>
              {columns.map((column) => (
                <td key={column}>
                  <span className="hours-span">
                    <input
                      type="number"
                      min={0}
                      step="any"
                      className="control num"
                      aria-label={t`${t(names[column])}, ${t(priorityNames[row.priority])}, in hours`}
                      value={row[column] == null ? "" : row[column] / 60}
                      onChange={(event) => {
                        const { value } = event.target;
                        const minutes = value === "" ? null : Math.max(1, Math.round(Number(value) * 60));
                        onChange({
                          ...promises,
                          times: times.map((each) => (each === row ? { ...each, [column]: minutes } : each)),
                        });
                      }}
                    />
                    <span className="faint">
                      <Trans>h</Trans>
                    </span>
                  </span>
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">
              <Trans>Which hours count</Trans>
            </th>
            {columns.map((column) => (
              <td key={column}>
                <Select
                  hideLabel
                  label={t`${t(names[column])}: which hours count`}
                  value={promises[column].count}
                  onChange={(event) =>
                    onChange({
                      ...promises,
                      [column]: {
                        ...promises[column],
                        count: event.target.value === "ALL_HOURS" ? "ALL_HOURS" : "OPENING_HOURS",
                      },
                    })
                  }
                >
                  <option value="OPENING_HOURS">{t`opening hours`}</option>
                  <option value="ALL_HOURS">{t`every hour`}</option>
                </Select>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">
              <Trans>Warn, minutes before</Trans>
            </th>
            {columns.map((column) => (
              <td key={column}>
                <TextField
                  type="number"
                  min={0}
                  hideLabel
                  label={t`${t(names[column])}: warn so many minutes before`}
                  value={promises[column].warnMinutes}
                  onChange={(event) =>
                    onChange({
                      ...promises,
                      [column]: {
                        ...promises[column],
                        warnMinutes: Math.max(0, Math.round(Number(event.target.value))),
                      },
                    })
                  }
                />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
