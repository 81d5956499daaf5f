import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { PromiseKind } from "../../../shared/gql/schema.gen.ts";
import { Time } from "../../../shared/ui/Time.tsx";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";

const names = {
  AIM: msg`Aim`,
  ANSWER: msg`Answer`,
  SOLUTION: msg`Solution`,
} satisfies Record<PromiseKind, unknown>;

/** A promise to the client: by when it is due, whether that is near, and whether it was missed. Kept ones say nothing. */
export function ClockPill({ clock }: { clock: DeskTicketPartsFragment["clocks"][number] }) {
  const { t } = useLingui();
  const name = t(names[clock.promise]);
  if (clock.missedAt) {
    return (
      <span className="pill" data-tone="urgent">
        <span>
          <Trans>
            {name} missed <Time at={clock.missedAt} mode="absolute" />
          </Trans>
        </span>
      </span>
    );
  }
  if (clock.endedAt) return null;
  if (clock.dueAt === null) {
    return (
      <span className="pill">
        <Trans>{name}: clock stands still</Trans>
      </span>
    );
  }
  return (
    <span className="pill" data-tone={clock.isNear ? "urgent" : "plain"}>
      <span>
        <Trans>
          {name} by <Time at={clock.dueAt} mode="absolute" />
        </Trans>
      </span>
    </span>
  );
}
