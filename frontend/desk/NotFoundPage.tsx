import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../shared/ui/EmptyState.tsx";
import { useTitle } from "./title.ts";

export function NotFoundPage() {
  const { t } = useLingui();
  useTitle(t`There is no such page`);
  return (
    <section className="pane solo">
      <EmptyState
        title={
          <h1>
            <Trans>There is no such page</Trans>
          </h1>
        }
      >
        <Link to="/queue/$departmentId" params={{ departmentId: "all" }} className="link">
          <Trans>Go to the queue</Trans>
        </Link>
      </EmptyState>
    </section>
  );
}
