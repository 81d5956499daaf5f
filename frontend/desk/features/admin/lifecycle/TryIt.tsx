import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../../shared/gql/problem.ts";
import type { TrialAct } from "../../../../shared/gql/schema.gen.ts";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../../shared/ui/ErrorState.tsx";
import { Select, TextField } from "../../../../shared/ui/Field.tsx";
import { present } from "../../../../shared/ui/now.ts";
import { TryPolicyDocument } from "./lifecycle.gen.ts";
import type { PolicyDraft } from "./policy.ts";
import { TrialLog } from "./TrialLog.tsx";
import { useSettled } from "./useCheck.ts";
import { actNames, named } from "./words.ts";

interface Act {
  id: number;
  what: TrialAct;
  days: string;
  hours: string;
  status: string;
}

interface Props {
  policy: PolicyDraft;
  definition: string;
  departments: readonly { id: string; name: string }[];
}

const withStatus: readonly TrialAct[] = ["STAFF_WROTE", "STATUS_SET"];

/** Type what people do, and see what would happen: played by the same rule that moves the tickets. */
export function TryIt({ policy, definition, departments }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const asks = policy.statuses.find(
    ({ key, meaning }) => meaning === "waiting_for_client" && policy.replies.includes(key),
  )?.key;
  const [acts, setActs] = useState<Act[]>(() => [
    { id: 1, what: "STAFF_WROTE", days: "0", hours: "2", status: asks ?? policy.replies.at(-1) ?? "" },
  ]);
  const [opened, setOpened] = useState(nextMonday);
  const [departmentId, setDepartmentId] = useState("");
  const variables = useMemo(
    () => ({
      definition,
      days: 90,
      openedAt: Number.isNaN(Date.parse(opened)) ? null : new Date(opened).toISOString(),
      departmentId: departmentId || null,
      acts: acts.map(({ what, days, hours, status }) => ({
        what,
        afterMinutes: Math.min(Math.max(Math.round(Number(days) * 1440 + Number(hours) * 60) || 0, 0), 5_000_000),
        minutes: what === "SNOOZED" ? 1440 : 0,
        by: what === "CLOSED_NOW" ? ("CLIENT" as const) : ("AGENT" as const),
        status: withStatus.includes(what) ? status : null,
      })),
    }),
    [definition, acts, opened, departmentId],
  );
  const [{ data, error }, ask] = useQuery({
    query: TryPolicyDocument,
    variables: useSettled(variables),
    requestPolicy: "network-only",
  });
  const change = (id: number, next: Partial<Act>) =>
    setActs(acts.map((act) => (act.id === id ? { ...act, ...next } : act)));
  const add = () => {
    const last = acts.at(-1);
    const id = Math.max(0, ...acts.map((act) => act.id)) + 1;
    setActs([...acts, { id, what: "CLIENT_WROTE", days: String(Number(last?.days ?? 0) + 1), hours: "0", status: "" }]);
  };

  return (
    <section className="try-it" aria-labelledby="try-it">
      <h3 id="try-it">
        <Trans>Try it</Trans>
      </h3>
      <p className="hint">
        <Trans>A ticket is opened and nobody is mailed. Say who does what, and see what follows.</Trans>
      </p>
      <div className="ladder-step">
        <TextField
          label={t`Opened at`}
          type="datetime-local"
          value={opened}
          onChange={({ target }) => setOpened(target.value)}
        />
        <Select
          label={t`By the hours of`}
          value={departmentId}
          onChange={({ target }) => setDepartmentId(target.value)}
        >
          <option value="">{t`always open`}</option>
          {departments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      {acts.map((act, place) => {
        const number = place + 1;
        return (
          <div key={act.id} className="ladder-step try-act" role="group" aria-label={t`Event ${number}`}>
            <TextField
              label={t`Days after`}
              type="number"
              min="0"
              step="any"
              value={act.days}
              onChange={({ target }) => change(act.id, { days: target.value })}
            />
            <TextField
              label={t`Hours`}
              type="number"
              min="0"
              step="any"
              value={act.hours}
              onChange={({ target }) => change(act.id, { hours: target.value })}
            />
            <Select
              label={t`What happens`}
              value={act.what}
              onChange={({ target }) => {
                const what = target.value as TrialAct;
                const needed = withStatus.includes(what) && act.status === "";
                change(act.id, { what, ...(needed && { status: policy.replies.at(-1) ?? policy.initial }) });
              }}
            >
              {(Object.keys(actNames) as TrialAct[]).map((what) => (
                <option key={what} value={what}>
                  {t(actNames[what])}
                </option>
              ))}
            </Select>
            {withStatus.includes(act.what) && (
              <Select
                label={t`Status`}
                value={act.status}
                onChange={({ target }) => change(act.id, { status: target.value })}
              >
                {policy.statuses.map(({ key, names }) => (
                  <option key={key} value={key}>
                    {named(names, locale)}
                  </option>
                ))}
              </Select>
            )}
            <Button
              look="plain"
              aria-label={t`Remove event ${number}`}
              onClick={() => setActs(acts.filter(({ id }) => id !== act.id))}
            >
              <Trans>Remove</Trans>
            </Button>
          </div>
        );
      })}
      <Button look="plain" onClick={add}>
        + {t`Add an event`}
      </Button>
      {error && !data && <ErrorState failure={toFailure(error)} onRetry={() => ask()} />}
      {data && data.tryPolicy.faults.length > 0 && (
        <p className="problem">
          <Trans>Mend what is marked, then it can be tried.</Trans>
        </p>
      )}
      {data && <TrialLog policy={policy} entries={data.tryPolicy.entries} />}
    </section>
  );
}

/** The next Monday at nine, as a field for date and time takes it. */
function nextMonday(): string {
  const day = new Date(present());
  day.setDate(day.getDate() + ((8 - day.getDay()) % 7 || 7));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T09:00`;
}
