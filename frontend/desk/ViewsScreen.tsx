import { useLingui } from "@lingui/react/macro";
import { EmptyState } from "../shared/ui/EmptyState.tsx";

/** Beside the list of queues, which fills a small screen alone. */
export function ViewsScreen() {
  const { t } = useLingui();
  return (
    <section className="pane solo only-wide">
      <EmptyState title={t`Choose a queue`} />
    </section>
  );
}
