import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useMutation, useQuery } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { PlainText } from "../../../shared/ui/PlainText.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { showToast } from "../../toasts.ts";
import "../../css/beside.css";
import {
  AddHeldMailDocument,
  BesideTicketDocument,
  type BesideTicketPartsFragment,
  DiscardHeldMailDocument,
  OpenHeldMailDocument,
  RemoveCopyDocument,
} from "./held.gen.ts";

type HeldMail = BesideTicketPartsFragment["heldMails"][number];
type Copy = BesideTicketPartsFragment["copies"][number];

interface Props {
  number: number;
  /** How much has happened on the ticket: with each step this is read anew. */
  happened: number;
  onOutcome: (outcome: Outcome<unknown>) => void;
}

/** What stands beside a ticket by mail: mails of people who do not belong to it, and who gets copies. */
export function BesideTicket({ number, happened, onOutcome }: Props) {
  const [{ data }, ask] = useQuery({ query: BesideTicketDocument, variables: { number } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever something has happened.
  useEffect(() => ask({ requestPolicy: "network-only" }), [happened]);
  const ticket = data?.ticket as BesideTicketPartsFragment | null | undefined;
  if (!ticket || ticket.heldMails.length + ticket.copies.length === 0) return null;
  const tell = (outcome: Outcome<unknown>) => {
    onOutcome(outcome);
    ask({ requestPolicy: "network-only" });
  };
  return (
    <div className="beside">
      {ticket.heldMails.map((mail) => (
        <Held key={mail.id} mail={mail} onOutcome={tell} />
      ))}
      {ticket.copies.length > 0 && <Copies copies={ticket.copies} onOutcome={tell} />}
    </div>
  );
}

function Held({ mail, onOutcome }: { mail: HeldMail; onOutcome: (outcome: Outcome<unknown>) => void }) {
  const { t } = useLingui();
  const [, add] = useMutation(AddHeldMailDocument);
  const [, open] = useMutation(OpenHeldMailDocument);
  const [, discard] = useMutation(DiscardHeldMailDocument);
  const [isBusy, setBusy] = useState(false);
  const { email, id } = mail;
  const run = async (act: () => Promise<Outcome<unknown>>, done: (outcome: Outcome<unknown>) => string) => {
    setBusy(true);
    const outcome = await act();
    setBusy(false);
    if (outcome.kind === "done") showToast(done(outcome));
    onOutcome(outcome);
  };
  return (
    <section className="held-mail" aria-label={t`Held mail of ${email}`}>
      <header>
        <strong>
          <Trans>Held: {email} does not belong to this ticket</Trans>
        </strong>
        <VerificationBadge level={mail.level} withWords />
        <Time at={mail.at} />
      </header>
      <p className="held-subject">{mail.subject}</p>
      <div className="held-text">
        <PlainText text={mail.body} />
      </div>
      <p className="faint">
        <Trans>Nobody was answered, and the client does not see it.</Trans>
      </p>
      <div className="held-actions">
        <Button
          look="primary"
          isDisabled={isBusy}
          onClick={() =>
            void run(
              async () => toOutcome(await add({ id }), (data) => data.addHeldMail),
              () => t`Added to the ticket`,
            )
          }
        >
          <Trans>Add to the ticket</Trans>
        </Button>
        <Button
          isDisabled={isBusy}
          onClick={() =>
            void run(
              async () => toOutcome(await open({ id }), (data) => data.openHeldMail),
              () => t`It is a ticket of its own now`,
            )
          }
        >
          <Trans>Make a ticket of it</Trans>
        </Button>
        <Button
          look="plain"
          isDisabled={isBusy}
          onClick={() =>
            void run(
              async () => toOutcome(await discard({ id }), (data) => data.discardHeldMail),
              () => t`The mail was discarded`,
            )
          }
        >
          <Trans>Discard</Trans>
        </Button>
      </div>
    </section>
  );
}

function Copies({ copies, onOutcome }: { copies: readonly Copy[]; onOutcome: (outcome: Outcome<unknown>) => void }) {
  const { t } = useLingui();
  const [, remove] = useMutation(RemoveCopyDocument);
  return (
    <section className="copies" aria-label={t`Copies of answers`}>
      <span className="faint">
        <Trans>Copies of answers to</Trans>
      </span>
      <ul>
        {copies.map(({ id, email }) => (
          <li key={id}>
            {email}
            <button
              type="button"
              className="link"
              aria-label={t`No more copies to ${email}`}
              onClick={async () => onOutcome(toOutcome(await remove({ id }), (data) => data.removeCopy))}
            >
              <Trans>Remove</Trans>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
