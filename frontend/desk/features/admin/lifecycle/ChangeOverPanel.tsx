import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../../shared/gql/problem.ts";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Banner } from "../../../../shared/ui/Banner.tsx";
import { Button } from "../../../../shared/ui/Button.tsx";
import { Select } from "../../../../shared/ui/Field.tsx";
import { ChangeOverList } from "./ChangeOverList.tsx";
import {
  BeginChangeOverDocument,
  type ChangeOverPartsFragment,
  type LifecyclePartsFragment,
  PlanChangeOverDocument,
} from "./lifecycle.gen.ts";
import { isEnd, readDefinition } from "./policy.ts";
import { named } from "./words.ts";

interface Props {
  lifecycle: LifecyclePartsFragment;
  refetch: () => void;
}

/** Open tickets keep the timers that they were promised, until somebody moves them: first shown, then done as shown. */
export function ChangeOverPanel({ lifecycle, refetch }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const [, plan] = useMutation(PlanChangeOverDocument);
  const [, begin] = useMutation(BeginChangeOverDocument);
  const [planned, setPlanned] = useState<ChangeOverPartsFragment>();
  const [problem, setProblem] = useState<string>();
  const [follows, setFollows] = useState<Record<string, string>>({});
  const latest = lifecycle.changeOver as ChangeOverPartsFragment | null;
  const isUnderWay = latest !== null && latest.beganAt !== null && latest.endedAt === null;
  useRepeated(isUnderWay, refetch);

  const current = lifecycle.versions[0];
  if (!current) return null;
  const statuses = readDefinition(current.definition).statuses.filter(({ meaning }) => meaning !== "closed");
  const waiting = lifecycle.statusesToFollow.reduce((sum, { tickets }) => sum + tickets, 0);
  const lost = lifecycle.statusesToFollow.filter(({ status }) => !statuses.some(({ key }) => key === status));
  const isMapped = lost.every(({ status }) => follows[status] !== undefined);
  const isPlanFresh = planned?.version === current.version && !isUnderWay;
  const failed = t`Nothing was changed. Try again.`;

  const preview = async () => {
    const wanted = lost.map(({ status }) => ({ status, to: follows[status] ?? "" }));
    const outcome = toOutcome(await plan({ statuses: wanted }), (answer) => answer.planChangeOver);
    setProblem(outcome.kind === "done" ? undefined : outcome.kind === "refused" ? outcome.problem.message : failed);
    if (outcome.kind === "done") setPlanned(outcome.value as ChangeOverPartsFragment);
  };
  const start = async (id: string) => {
    const outcome = toOutcome(await begin({ id }), (answer) => answer.beginChangeOver);
    setProblem(outcome.kind === "done" ? undefined : outcome.kind === "refused" ? outcome.problem.message : failed);
    if (outcome.kind === "done") setPlanned(undefined);
    refetch();
  };

  if (waiting === 0 && !latest?.beganAt) return null;
  return (
    <section className="grid gap-3" aria-labelledby="change-over">
      <h3 id="change-over">
        <Trans>Open tickets on older versions</Trans>
      </h3>
      {isUnderWay && latest && (
        <>
          <p role="status">
            <Trans>
              {latest.done + latest.changed} of {latest.tickets} tickets are done.
            </Trans>
          </p>
          <progress max={latest.tickets} value={latest.done + latest.changed} aria-label={t`Change-over`} />
        </>
      )}
      {latest?.endedAt && !planned && (
        <p className="hint">
          <Trans>
            The last change-over moved <Plural value={latest.done} one="# ticket" other="# tickets" /> to version{" "}
            {latest.version}.
          </Trans>{" "}
          {latest.changed > 0 && (
            <Plural
              value={latest.changed}
              one="# ticket had changed meanwhile and kept its timers."
              other="# tickets had changed meanwhile and kept their timers."
            />
          )}
        </p>
      )}
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      {waiting > 0 && !isUnderWay && (
        <>
          <p>
            <Plural
              value={waiting}
              one="# open ticket keeps the timers that it was promised. Move it to the current version only if that is fair to its client."
              other="# open tickets keep the timers that they were promised. Move them to the current version only if that is fair to their clients."
            />
          </p>
          {lost.map(({ status, name, tickets }) => (
            <Select
              key={status}
              label={t`“${name}” is gone (${tickets} tickets). It becomes`}
              value={follows[status] ?? ""}
              onChange={({ target }) => setFollows({ ...follows, [status]: target.value })}
            >
              <option value="" disabled>
                {t`choose`}
              </option>
              {statuses
                .filter((to) => to.meaning === "solved" || !isEnd(to))
                .map(({ key, names }) => (
                  <option key={key} value={key}>
                    {named(names, locale)}
                  </option>
                ))}
            </Select>
          ))}
          <div>
            <Button isDisabled={!isMapped} onClick={() => void preview()}>
              <Trans>Preview the change</Trans>
            </Button>
          </div>
        </>
      )}
      {isPlanFresh && planned && (
        <ChangeOverList key={planned.id} plan={planned} current={current} onBegin={() => void start(planned.id)} />
      )}
    </section>
  );
}

function useRepeated(isOn: boolean, perform: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(perform, 1500);
    return () => clearInterval(timer);
  }, [isOn, perform]);
}
