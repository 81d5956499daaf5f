import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery, useSubscription } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ticketNumber } from "../../../shared/ticketNumber.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { whole } from "../../../shared/ui/whole.ts";
import { Page } from "../../Page.tsx";
import { openFirst, TicketLine } from "../../TicketLine.tsx";
import { MyTicketsChangedDocument } from "../../ticketLine.gen.ts";
import { givenName, useVisitor } from "../../visitor.ts";
import { HomeDocument, type HomeQuery } from "./home.gen.ts";

export function HomePage() {
  const { t } = useLingui();
  const { company, viewer } = useVisitor();
  const signedIn = viewer?.side === "CLIENT";
  const [{ data, error }, refetch] = useQuery({ query: HomeDocument, variables: { signedIn } });
  useSubscription({ query: MyTicketsChangedDocument, pause: !signedIn }, (_previous, change) => {
    refetch({ requestPolicy: "network-only" });
    return change;
  });
  const name = viewer && givenName(viewer.name);

  return (
    <Page title={company.brand.name} heading={name ? t`What do you need, ${name}?` : t`What do you need?`}>
      <Ask hasRequests={signedIn} />
      {error && !data ? (
        <ErrorState failure={toFailure(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
      ) : !data ? (
        <Skeleton lines={[45, 70, 40, 65]} lineHeight={20} />
      ) : (
        <>
          <Departments departments={data.departments} />
          {!viewer && (
            <p className="aside">
              <Trans>
                Are you a client? <Link to="/sign-in">Sign in</Link> to see your requests and every department.
              </Trans>
            </p>
          )}
          {signedIn && <YourRequests tickets={data.myTickets} />}
          {signedIn && !viewer.isGuest && company.proofMethods.includes("PIN") && (
            <p className="aside">
              <Trans>
                On the telephone with us? <Link to="/support-pin">Show your support PIN</Link>, so that we know it is
                you.
              </Trans>
            </p>
          )}
        </>
      )}
    </Page>
  );
}

/** The first question of the page: its words become the subject of the new request; a number leads to that request. */
function Ask({ hasRequests }: { hasRequests: boolean }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <div role="search">
      <form
        className="ask"
        action="/new"
        onSubmit={(event) => {
          event.preventDefault();
          const subject = String(new FormData(event.currentTarget).get("subject")).trim();
          const number = hasRequests ? ticketNumber(subject) : undefined;
          if (number) void navigate({ to: "/tickets/$number", params: { number: String(number) } });
          else void navigate({ to: "/new", search: subject ? { subject } : {} });
        }}
      >
        <input
          name="subject"
          aria-label={t`Describe it in a few words`}
          placeholder={t`Describe it in a few words`}
          maxLength={200}
          autoComplete="off"
          enterKeyHint="go"
        />
        <Button type="submit" look="brand">
          <span>
            <Trans>Go on</Trans>
          </span>
          <svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="2">
            <path d="M3 10h13M11 5l5 5-5 5" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </Button>
      </form>
    </div>
  );
}

/** More than these push what the client has already asked out of sight. */
const DEPARTMENTS_SHOWN = 12;

function Departments({ departments }: { departments: HomeQuery["departments"] }) {
  const { t } = useLingui();
  const [isWhole, setWhole] = useState(departments.length <= DEPARTMENTS_SHOWN);
  const count = departments.length;
  if (departments.length === 0) {
    return (
      <EmptyState title={t`No department takes requests from you here`}>
        <p>
          <Trans>Sign in with another address, or write to the company by e-mail.</Trans>
        </p>
      </EmptyState>
    );
  }
  return (
    <nav aria-label={t`Departments`}>
      <ul className="departments">
        {(isWhole ? departments : departments.slice(0, DEPARTMENTS_SHOWN)).map((department) => (
          <li key={department.id}>
            <Link to="/new" search={{ department: department.id }}>
              <span className="name">{whole(department.name)}</span>
              {department.description && <span className="description">{department.description}</span>}
            </Link>
          </li>
        ))}
      </ul>
      {!isWhole && (
        <p className="more">
          <Button onClick={() => setWhole(true)}>
            <Trans>Show all {count} departments</Trans>
          </Button>
        </p>
      )}
    </nav>
  );
}

const SHOWN = 6;

function YourRequests({ tickets }: { tickets: HomeQuery["myTickets"] | undefined }) {
  const nodes = openFirst(tickets?.edges.map((edge) => edge.node) ?? []);
  const isMore = nodes.length > SHOWN || tickets?.pageInfo.hasNextPage;
  return (
    <section aria-labelledby="your-requests">
      <h2 id="your-requests">
        <Trans>Your requests</Trans>
      </h2>
      {nodes.length === 0 ? (
        <p className="aside">
          <Trans>None yet. When you send one, it stands here with how far it is.</Trans>
        </p>
      ) : (
        <ul className="ticket-lines">
          {nodes.slice(0, SHOWN).map((ticket) => (
            <TicketLine key={ticket.id} ticket={ticket} />
          ))}
        </ul>
      )}
      {isMore && (
        <p className="more">
          <Link to="/tickets">
            <Trans>All your requests</Trans>
          </Link>
        </p>
      )}
    </section>
  );
}
