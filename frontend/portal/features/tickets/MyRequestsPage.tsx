import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, Navigate, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useQuery, useSubscription } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ticketNumber } from "../../../shared/ticketNumber.ts";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Page } from "../../Page.tsx";
import { TicketLine } from "../../TicketLine.tsx";
import { MyTicketsChangedDocument } from "../../ticketLine.gen.ts";
import { useVisitor } from "../../visitor.ts";
import { MyRequestsDocument } from "./myRequests.gen.ts";
import { Progress } from "./Progress.tsx";

const route = getRouteApi("/tickets");

export function MyRequestsPage() {
  const { t } = useLingui();
  const { viewer } = useVisitor();
  const { q, after } = route.useSearch();
  const [{ data, error, stale }, refetch] = useQuery({
    query: MyRequestsDocument,
    variables: { query: q ?? null, after: after ?? null },
    pause: !viewer,
  });
  useSubscription({ query: MyTicketsChangedDocument, pause: !viewer }, (_previous, change) => {
    refetch({ requestPolicy: "network-only" });
    return change;
  });
  if (!viewer)
    return (
      <Navigate to="/sign-in" search={{ next: q ? `/tickets?${new URLSearchParams({ q })}` : "/tickets" }} replace />
    );

  const tickets = data?.myTickets.edges.map((edge) => edge.node);
  return (
    <Page title={t`Your requests`}>
      <Search q={q} first={stale ? undefined : tickets?.[0]?.number} />
      <div aria-busy={stale}>
        {error && !data ? (
          <ErrorState failure={toFailure(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
        ) : !tickets ? (
          <Skeleton lines={[60, 30, 70, 25, 50, 30]} lineHeight={18} />
        ) : tickets.length === 0 ? (
          <Nothing q={q} />
        ) : (
          <ul className="ticket-lines">
            {tickets.map((ticket) => (
              <TicketLine key={ticket.id} ticket={ticket}>
                <Progress steps={ticket.progress} isSmall />
              </TicketLine>
            ))}
          </ul>
        )}
      </div>
      {data && (after || data.myTickets.pageInfo.hasNextPage) && (
        <nav className="paging" aria-label={t`Pages`}>
          {after && (
            <Link to="/tickets" search={{ q }} className="button" data-look="quiet">
              <Trans>Newest</Trans>
            </Link>
          )}
          {data.myTickets.pageInfo.hasNextPage && (
            <Link
              to="/tickets"
              search={{ q, after: data.myTickets.pageInfo.endCursor ?? undefined }}
              className="button"
              data-look="quiet"
            >
              <Trans>Older</Trans>
            </Link>
          )}
        </nav>
      )}
    </Page>
  );
}

/** Searches while typing; the words are in the address, so that back and a copied link work. */
function Search({ q, first }: { q: string | undefined; first: number | undefined }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [words, setWords] = useState(q ?? "");
  // Enter after a number goes straight to its request, once that is found.
  const [isJumping, setJumping] = useState(false);
  const number = ticketNumber(words);
  const isFound = number !== undefined && number === first && words.trim() === q;
  useEffect(() => {
    if (isJumping && isFound) void navigate({ to: "/tickets/$number", params: { number: String(number) } });
  }, [isJumping, isFound, number, navigate]);
  useEffect(() => {
    const wanted = words.trim() || undefined;
    if (wanted === q) return;
    const timer = setTimeout(() => void navigate({ to: "/tickets", search: { q: wanted }, replace: true }), 250);
    return () => clearTimeout(timer);
  }, [words, q, navigate]);
  return (
    <div role="search">
      <TextField
        label={t`Search your requests`}
        hideLabel
        type="search"
        placeholder={t`Search by words or number`}
        value={words}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => {
          setWords(event.target.value);
          setJumping(false);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") setJumping(true);
        }}
      />
    </div>
  );
}

function Nothing({ q }: { q: string | undefined }) {
  const { t } = useLingui();
  if (q) {
    return (
      <EmptyState title={t`No request has these words`}>
        <p>
          <Trans>Try fewer words, or the number alone.</Trans>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t`You have no requests yet`}>
      <Link to="/new" className="button" data-look="brand">
        <Trans>Write the first one</Trans>
      </Link>
    </EmptyState>
  );
}
