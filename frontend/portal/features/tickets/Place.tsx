import { Trans } from "@lingui/react/macro";
import { useEffect } from "react";
import { useClient, useSubscription } from "urql";
import { PlaceChangedDocument, TicketPlaceDocument, type TicketPlacePartsFragment } from "./ticket.gen.ts";

/** Where the client stands in the queue and when to expect the answer; it changes while others are answered. */
export function Place({ ticket }: { ticket: TicketPlacePartsFragment }) {
  const { number, place } = ticket;
  useSubscription({ query: PlaceChangedDocument, variables: { number }, pause: place === null });
  useTrueWords(ticket);
  if (!place) return null;
  return (
    <div className="place">
      <p className="ahead" aria-live="polite">
        {place.sentence}
      </p>
      {place.expectation && <p>{place.expectation}</p>}
      <p>
        <Trans>If you write again, you keep your place.</Trans>
      </p>
    </div>
  );
}

/** "Probably today 15:20" must not stand there at 15:25: the words are asked for again when their time is over. */
function useTrueWords({ number, place }: TicketPlacePartsFragment): void {
  const client = useClient();
  const times = [place?.expectedAt, place?.latestAt, place?.opensAt].flatMap((at) => (at ? [Date.parse(at)] : []));
  const ends = place ? endOfWords(times) : undefined;
  useEffect(() => {
    if (ends === undefined) return;
    const timer = setTimeout(
      () => void client.query(TicketPlaceDocument, { number }, { requestPolicy: "network-only" }).toPromise(),
      ends - Date.now() + 1_000,
    );
    return () => clearTimeout(timer);
  }, [client, number, ends]);
}

/** The next of these moments, or the midnight that makes "tomorrow" today. */
function endOfWords(times: readonly number[]): number {
  const midnight = new Date().setHours(24, 0, 0, 0);
  return Math.min(midnight, ...times.filter((at) => at > Date.now()));
}
