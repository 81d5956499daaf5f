import { Trans } from "@lingui/react/macro";
import { Time } from "../shared/ui/Time.tsx";
import type { TicketLinePartsFragment } from "./ticketLine.gen.ts";

/** When the request closes by itself, if nobody does anything. */
export function closesAt({ timers }: Pick<TicketLinePartsFragment, "timers">): string | null | undefined {
  return timers.find((timer) => timer.action === "set_status")?.dueAt;
}

/** The status and what comes of it: "Waiting for you until Tuesday 10:00". The time is the reader's, as all others are. */
export function StandingWords({ ticket }: { ticket: TicketLinePartsFragment }) {
  const { clientName, meaning } = ticket.status;
  const at = closesAt(ticket);
  if (!at) return clientName;
  return meaning === "WAITING_FOR_CLIENT" ? (
    <Trans>
      {clientName} until <Time at={at} mode="absolute" />
    </Trans>
  ) : (
    <Trans>
      {clientName}, closes <Time at={at} mode="absolute" />
    </Trans>
  );
}
