import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { Keys } from "../shared/keyboard/Keys.tsx";
import { lazySlot } from "../shared/ui/lazySlot.tsx";
import { Skeleton } from "../shared/ui/Skeleton.tsx";

const { Slot, preload } = lazySlot(() =>
  import("./features/ticket/TicketPane.tsx").then((module) => module.TicketPane),
);

interface Props {
  number: number | undefined;
  onBack: () => void;
}

/** The place of the open ticket. Its code comes while the browser is idle, so that the first ticket opens at once. */
export function TicketSlot({ number, onBack }: Props) {
  const { t } = useLingui();
  useEffect(() => {
    if (!("requestIdleCallback" in window)) {
      preload();
      return;
    }
    const handle = requestIdleCallback(preload);
    return () => cancelIdleCallback(handle);
  }, []);

  if (number === undefined) {
    return (
      <section className="pane ticket-pane nothing-open" aria-label={t`Ticket`}>
        <p>
          <Trans>Choose a ticket to read it here.</Trans>
        </p>
        <p className="hints">
          <Keys keys="j" /> <Keys keys="k" /> <Trans>move</Trans>
          <Keys keys="enter" /> <Trans>open</Trans>
          <Keys keys="mod+k" /> <Trans>find or do</Trans>
          <Keys keys="?" /> <Trans>all keys</Trans>
        </p>
      </section>
    );
  }
  return (
    <Slot
      key={number}
      number={number}
      onBack={onBack}
      fallback={
        <section className="pane ticket-pane" aria-label={t`Ticket`}>
          <div className="p-6">
            <Skeleton lines={[30, 80, 55, 95, 90]} />
          </div>
        </section>
      }
    />
  );
}
