import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useTitle } from "../../title.ts";
import { AdminPanelDocument, type HostingPanelPartsFragment } from "./connections.gen.ts";
import { PanelForm } from "./PanelForm.tsx";
import { PanelState } from "./PanelState.tsx";

/** The hosting panel that is asked for account passwords, so that they need not be imported. */
export function PanelPage() {
  const { t } = useLingui();
  useTitle(t`Hosting panel`);
  const [{ data, error }, ask] = useQuery({ query: AdminPanelDocument, requestPolicy: "cache-and-network" });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const panel = data.hostingPanel as HostingPanelPartsFragment | null;
  const refresh = () => ask({ requestPolicy: "network-only" });
  return (
    <section className="admin-page">
      <div className="grid gap-2">
        <h2>
          <Trans>Hosting panel</Trans>
        </h2>
        <p className="lead">
          <Trans>
            Clients prove that an account is theirs by its password. Your panel can say whether it is right, at the
            moment in which it is typed. Nothing of it is kept here.
          </Trans>
        </p>
      </div>
      {panel && <PanelState panel={panel} onChanged={refresh} />}
      <PanelForm panel={panel} onChanged={refresh} />
    </section>
  );
}
