import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { StandingWords } from "../../StandingWords.tsx";
import { Place } from "./Place.tsx";
import { Progress } from "./Progress.tsx";
import { priorities } from "./priorities.tsx";
import type { TicketPagePartsFragment } from "./ticket.gen.ts";
import { WhatNext } from "./WhatNext.tsx";

/** How the request stands, in the words of its client: status, what happens next, proof, receipt, relatives. */
export function Standing({ ticket }: { ticket: TicketPagePartsFragment }) {
  const { t } = useLingui();
  return (
    <div className="standing-box">
      <p className="standing" data-meaning={ticket.status.meaning} aria-live="polite">
        {ticket.goesOnIn ? <GoesOn ticket={ticket.goesOnIn} /> : <StandingWords ticket={ticket} />}
      </p>
      <WhatNext ticket={ticket} />
      <Place ticket={ticket} />
      {!ticket.goesOnIn && <Progress steps={ticket.progress} />}
      <p className="facts">
        <span>
          {ticket.department.name}
          {ticket.kind && <> · {ticket.kind.name}</>}
        </span>
        <span>
          <Trans>
            sent <Time at={ticket.openedAt} /> by {ticket.requester.name}
          </Trans>
        </span>
        {ticket.priority !== "MEDIUM" && <span>{t(priorities[ticket.priority])}</span>}
        <VerificationBadge level={ticket.level} attestation={ticket.attestation} withWords />
      </p>
      <Relatives ticket={ticket} />
      {ticket.receipt?.state === "refused" && (
        <Banner tone="urgent" isAlert>
          <span>
            <Trans>
              The receipt to <strong>{ticket.receipt.recipient}</strong> came back. Our answers will not reach you
              there: read them on this page, and tell us a better address.
            </Trans>
          </span>
        </Banner>
      )}
    </div>
  );
}

/** Both numbers work; everything is said where it goes on. */
function GoesOn({ ticket }: { ticket: { number: number; subject: string } }) {
  return (
    <Trans>
      Goes on in{" "}
      <Link to="/tickets/$number" params={{ number: String(ticket.number) }}>
        #{ticket.number} {ticket.subject}
      </Link>
    </Trans>
  );
}

function Relatives({ ticket }: { ticket: TicketPagePartsFragment }) {
  return (
    <>
      <Relative words={<Trans>Goes on from</Trans>} tickets={ticket.followUpOf ? [ticket.followUpOf] : []} />
      <Relative words={<Trans>Went on in</Trans>} tickets={ticket.followUps} />
      <Relative words={<Trans>Came out of</Trans>} tickets={ticket.splitFrom ? [ticket.splitFrom] : []} />
      <Relative words={<Trans>With a number of its own</Trans>} tickets={ticket.splitOff} />
      <Relative words={<Trans>Together with</Trans>} tickets={ticket.mergedHere} />
    </>
  );
}

interface RelativeProps {
  words: ReactNode;
  tickets: { id: string; number: number; subject: string }[];
}

function Relative({ words, tickets }: RelativeProps) {
  return tickets.map((each) => (
    <p key={each.id} className="facts">
      <span>
        {words}{" "}
        <Link to="/tickets/$number" params={{ number: String(each.number) }}>
          #{each.number} {each.subject}
        </Link>
      </span>
    </p>
  ));
}
