import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { closesAt, StandingWords } from "../../StandingWords.tsx";
import { Place } from "./Place.tsx";
import { Progress } from "./Progress.tsx";
import { priorities } from "./priorities.tsx";
import type { TicketPagePartsFragment } from "./ticket.gen.ts";

/** How the request stands, in the words of its client: status, what happens next, proof, receipt, relatives. */
export function Standing({ ticket }: { ticket: TicketPagePartsFragment }) {
  const { t } = useLingui();
  return (
    <div className="standing-box">
      <p className="standing" data-meaning={ticket.status.meaning} aria-live="polite">
        <StandingWords ticket={ticket} />
      </p>
      <Next ticket={ticket} />
      <Place ticket={ticket} />
      <Progress steps={ticket.progress} />
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

/** The status already says until when; this says what to do about it. */
function Next({ ticket }: { ticket: TicketPagePartsFragment }) {
  if (!ticket.abilities.reply || !closesAt(ticket)) return null;
  if (ticket.status.meaning === "SOLVED") {
    return (
      <p className="next">
        <Trans>Is something still missing? Answer before it closes.</Trans>
      </p>
    );
  }
  if (ticket.status.meaning === "WAITING_FOR_CLIENT") {
    return (
      <p className="next">
        <Trans>It closes then, unless you answer.</Trans>
      </p>
    );
  }
  return null;
}

function Relatives({ ticket }: { ticket: TicketPagePartsFragment }) {
  return (
    <>
      {ticket.followUpOf && (
        <p className="facts">
          <span>
            <Trans>
              Goes on from{" "}
              <Link to="/tickets/$number" params={{ number: String(ticket.followUpOf.number) }}>
                #{ticket.followUpOf.number} {ticket.followUpOf.subject}
              </Link>
            </Trans>
          </span>
        </p>
      )}
      {ticket.followUps.map((next) => (
        <p key={next.id} className="facts">
          <span>
            <Trans>
              Went on in{" "}
              <Link to="/tickets/$number" params={{ number: String(next.number) }}>
                #{next.number} {next.subject}
              </Link>
            </Trans>
          </span>
        </p>
      ))}
    </>
  );
}
