import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";
import { useTitle } from "../../title.ts";
import { AdminCompanyDocument } from "./admin.gen.ts";
import { ProofMethods } from "./ProofMethods.tsx";
import { ProofNeeds } from "./ProofNeeds.tsx";

/** What proves something here, and what needs it: a section each. */
export function ProofPage() {
  const { t } = useLingui();
  useTitle(t`Proof`);
  const [{ data, error }, ask] = useQuery({ query: AdminCompanyDocument });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const company = data.company as DeskCompanyPartsFragment;
  return (
    <section className="admin-page">
      <h2>
        <Trans>Proof</Trans>
      </h2>
      <ProofMethods company={company} />
      <ProofNeeds />
    </section>
  );
}
