import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../shared/ui/EmptyState.tsx";

export function NotFoundPage() {
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
