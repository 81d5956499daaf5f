import { useLingui } from "@lingui/react/macro";
import { EmptyState } from "../shared/ui/EmptyState.tsx";
import { useTitle } from "./title.ts";

/** Beside the list of queues, which fills a small screen alone. */
export function ViewsScreen() {
  const { t } = useLingui();
  useTitle(t`Queues`);
  return (
    <>
      <h1 className="visually-hidden">{t`Queues`}</h1>
      <section className="pane solo only-wide">
        <EmptyState title={t`Choose a queue`} />
      </section>
    </>
  );
}
