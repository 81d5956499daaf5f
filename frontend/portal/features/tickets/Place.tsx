import { Trans } from "@lingui/react/macro";
import { useEffect } from "react";
import { useClient, useSubscription } from "urql";
import { present } from "../../../shared/ui/now.ts";
import { Time } from "../../../shared/ui/Time.tsx";
import { PlaceChangedDocument, TicketPlaceDocument, type TicketPlacePartsFragment } from "./ticket.gen.ts";

const A_DAY = 86_400_000;

/** Where the client stands in the queue and when to expect the answer; it changes while others are answered. */
export function Place({ ticket }: { ticket: TicketPlacePartsFragment }) {
  const { number, place } = ticket;
  useSubscription({ query: PlaceChangedDocument, variables: { number }, pause: place === null });
  useTimeAgain(ticket);
  if (!place) return null;
  return (
    <div className="place">
      <p className="ahead" aria-live="polite">
        {place.sentence}
      </p>
      <Expectation place={place} />
      <p>
        <Trans>If you write again, you keep your place.</Trans>
      </p>
    </div>
  );
}

/** When to expect the answer. Times are the reader's, as all others are. */
function Expectation({ place }: { place: NonNullable<TicketPlacePartsFragment["place"]> }) {
  const { usual, likelyAt, opensAt } = place;
  if (!usual && !opensAt) return null;
  return (
    <p>
      {usual &&
        (likelyAt ? (
          <Trans>
            {usual}; probably <Time at={likelyAt} mode="absolute" />.
          </Trans>
        ) : (
          <Trans>{usual}. This one takes longer than usual.</Trans>
        ))}{" "}
      {opensAt && (
        <Trans>
          We are closed until <Time at={opensAt} mode="absolute" />.
        </Trans>
      )}
    </p>
  );
}

/** "Probably 15:20" must not stand there at 15:25: it is asked for again when the time is over. */
function useTimeAgain({ number, place }: TicketPlacePartsFragment): void {
  const client = useClient();
  const times = [place?.likelyAt, place?.opensAt].flatMap((at) => (at ? [Date.parse(at)] : []));
  const next = times.filter((at) => at > present());
  const ends = next.length > 0 ? Math.min(...next) : undefined;
  useEffect(() => {
    if (ends === undefined) return;
    const timer = setTimeout(
      () => void client.query(TicketPlaceDocument, { number }, { requestPolicy: "network-only" }).toPromise(),
      Math.min(ends - present() + 1_000, A_DAY),
    );
    return () => clearTimeout(timer);
  }, [client, number, ends]);
}
