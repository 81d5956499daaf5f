import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Page } from "../../Page.tsx";
import { NewRequestDocument } from "./newRequest.gen.ts";
import { RequestForm } from "./RequestForm.tsx";

const route = getRouteApi("/new");

export function NewRequestPage() {
  const { t } = useLingui();
  const prefill = route.useSearch();
  const [{ data, error }, refetch] = useQuery({ query: NewRequestDocument });

  return (
    <Page title={t`New request`}>
      {data ? (
        // Another link means another start: the form takes it up, the draft keeps what was written.
        <RequestForm
          key={JSON.stringify(prefill)}
          prefill={prefill}
          departments={data.departments}
          client={data.viewer?.client}
          factors={data.viewer?.proofMethods ?? []}
        />
      ) : error ? (
        <ErrorState failure={toFailure(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
      ) : (
        <Skeleton lines={[30, 100, 30, 100, 100]} lineHeight={36} />
      )}
    </Page>
  );
}
