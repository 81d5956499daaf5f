import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Switch } from "../../../shared/ui/Switch.tsx";
import { showToast } from "../../toasts.ts";
import { AdminProofNeedsDocument, SetProofNeedsDocument } from "./proofNeeds.gen.ts";

interface Marked {
  statuses: string[];
  departmentIds: string[];
}

/** What staff may not do with a ticket below the level that it needs. A switch takes effect when it is turned. */
export function ProofNeeds() {
  const { t } = useLingui();
  const [{ data, error }, ask] = useQuery({ query: AdminProofNeedsDocument });
  const [, set] = useMutation(SetProofNeedsDocument);
  const [problem, setProblem] = useState<string>();
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;

  const { statuses, heldDepartmentIds } = data.proofNeeds;
  const now: Marked = {
    statuses: statuses.filter((status) => status.isHeld).map((status) => status.key),
    departmentIds: [...heldDepartmentIds],
  };
  const turn = async (name: string, wanted: Marked, isHeld: boolean, before?: Marked) => {
    const outcome = toOutcome(await set(wanted), (answer) => answer.setProofNeeds);
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(
        isHeld ? t`Waits for proof: ${name}` : t`No longer waits for proof: ${name}`,
        before && (() => void turn(name, before, !isHeld)),
      );
      ask({ requestPolicy: "network-only" });
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };
  const toggled = (all: string[], one: string, isHeld: boolean) =>
    isHeld ? [...all, one] : all.filter((each) => each !== one);

  return (
    <section className="grid gap-4" aria-labelledby="proof-needs">
      <h3 id="proof-needs">
        <Trans>What needs proof</Trans>
      </h3>
      <p className="lead">
        <Trans>
          Held back while a ticket has proved less than its department or kind asks for. A lead can go on without proof
          and says why; it stays in the history.
        </Trans>
      </p>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <fieldset className="field">
        <legend>
          <Trans>Setting a status, or answering with it</Trans>
        </legend>
        {statuses.map(({ key, name, isHeld }) => (
          <Switch
            key={key}
            checked={isHeld}
            onChange={({ target: { checked } }) =>
              void turn(name, { ...now, statuses: toggled(now.statuses, key, checked) }, checked, now)
            }
          >
            {name}
          </Switch>
        ))}
      </fieldset>
      <fieldset className="field">
        <legend>
          <Trans>Transferring to a department</Trans>
        </legend>
        {data.departments.map(({ id, name }) => (
          <Switch
            key={id}
            checked={heldDepartmentIds.includes(id)}
            onChange={({ target: { checked } }) =>
              void turn(name, { ...now, departmentIds: toggled(now.departmentIds, id, checked) }, checked, now)
            }
          >
            {name}
          </Switch>
        ))}
      </fieldset>
    </section>
  );
}
