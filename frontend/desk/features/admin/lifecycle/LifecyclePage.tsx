import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../../shared/gql/problem.ts";
import { ErrorState } from "../../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../../shared/ui/Skeleton.tsx";
import { useTitle } from "../../../title.ts";
import { ChangeOverPanel } from "./ChangeOverPanel.tsx";
import { LifecycleEditor } from "./LifecycleEditor.tsx";
import { AdminLifecycleDocument, type LifecyclePartsFragment } from "./lifecycle.gen.ts";
import "./lifecycle.css";

/** How a ticket lives here: its statuses, who moves it, and what happens by itself. */
export function LifecyclePage() {
  const { t } = useLingui();
  useTitle(t`Lifecycle`);
  const [{ data, error }, ask] = useQuery({ query: AdminLifecycleDocument });
  const refetch = useCallback(() => ask({ requestPolicy: "network-only" }), [ask]);
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const lifecycle = data.lifecycle as LifecyclePartsFragment;
  return (
    <section className="admin-page lifecycle-page">
      <h2>
        <Trans>Lifecycle</Trans>
      </h2>
      <p className="lead">
        <Trans>
          What a ticket goes through, who moves it, and what happens by itself. Each save makes a new version: new
          tickets follow it, open ones keep what they were promised.
        </Trans>
      </p>
      <ChangeOverPanel lifecycle={lifecycle} refetch={refetch} />
      <LifecycleEditor lifecycle={lifecycle} departments={data.departments} refetch={refetch} />
    </section>
  );
}
