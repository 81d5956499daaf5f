import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, Navigate, useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery, useSubscription } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { SecretsPanel } from "../../../shared/secrets/SecretsPanel.tsx";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { NotFoundPage } from "../../NotFoundPage.tsx";
import { Page } from "../../Page.tsx";
import { useVisitor } from "../../visitor.ts";
import { ProveBox } from "./ProveBox.tsx";
import { ReplyBox } from "./ReplyBox.tsx";
import { Standing } from "./Standing.tsx";
import { type Sending, Timeline } from "./Timeline.tsx";
import { TicketChangedDocument, TicketPageDocument } from "./ticket.gen.ts";

const route = getRouteApi("/tickets/$number");

export function TicketPage() {
  const { viewer } = useVisitor();
  const { number } = route.useParams();
  if (!/^\d{1,9}$/.test(number)) return <NotFoundPage />;
  if (!viewer) return <Navigate to="/sign-in" search={{ next: `/tickets/${number}` }} replace />;
  return <Ticket key={number} number={Number(number)} />;
}

function Ticket({ number }: { number: number }) {
  const { t } = useLingui();
  const followsUp = useLocation({ select: (location) => location.state.followsUp });
  const [sending, setSending] = useState<Sending>();
  // The later pages of a very long conversation fetch themselves anew when this grows.
  const [changes, setChanges] = useState(0);
  const [{ data, error }, refetch] = useQuery({ query: TicketPageDocument, variables: { number } });
  useSubscription({ query: TicketChangedDocument, variables: { number } }, (_previous, change) => {
    setChanges((count) => count + 1);
    return change;
  });

  const ticket = data?.ticket;
  // The session has ended: the shell is on its way to the sign-in.
  if (data && !data.viewer) return null;
  if (data && !ticket) return <NotFoundPage />;
  const client = data?.viewer?.client;

  return (
    <Page
      title={ticket ? `#${number} ${ticket.subject}` : t`Request ${number}`}
      heading={ticket?.subject ?? t`Request ${number}`}
      above={
        <p className="crumbs">
          <Link to="/tickets">
            <Trans>Your requests</Trans>
          </Link>
          <span className="num">#{number}</span>
        </p>
      }
    >
      {followsUp && (
        <Banner tone="good">
          <span>
            <Trans>
              Request{" "}
              <Link to="/tickets/$number" params={{ number: String(followsUp) }}>
                #{followsUp}
              </Link>{" "}
              is closed, so your answer began this new one. We see both.
            </Trans>
          </span>
        </Banner>
      )}
      {!ticket ? (
        error ? (
          <ErrorState failure={toFailure(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
        ) : (
          <Skeleton lines={[35, 55, 0, 90, 100, 60]} lineHeight={18} />
        )
      ) : (
        <>
          <Standing ticket={ticket} />
          <ProveBox ticket={ticket} client={client} factors={data?.viewer?.proofMethods ?? []} />
          <Timeline ticket={ticket} changes={changes} sending={sending} />
          <SecretsPanel ticket={ticket} />
          <ReplyBox ticket={ticket} onSending={setSending} />
        </>
      )}
    </Page>
  );
}
