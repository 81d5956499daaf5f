import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { Level } from "../../../shared/gql/schema.gen.ts";
import type { Action } from "../../../shared/keyboard/actions.ts";
import { reaches } from "../../../shared/levels.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { Tooltip } from "../../../shared/ui/Tooltip.tsx";
import { levelNames } from "../../../shared/ui/VerificationBadge.tsx";
import type { DeskTicketPartsFragment, DeskTicketQuery } from "./ticket.gen.ts";

/** What a request needs proved, as a thing. */
const proofNames = {
  NONE: msg`nothing`,
  EMAIL: msg`a verified sender`,
  SIGNED_IN: msg`a signed-in client`,
  CARD: msg`the last digits of the card`,
  PASSWORD: msg`the account password`,
  SECOND_FACTOR: msg`a second factor`,
} satisfies Record<Level, unknown>;

type Ticket = NonNullable<DeskTicketQuery["ticket"]>;

/** What is missing before anything may be done for the one who asks, and the way to ask for it. */
export function ProofBanner({ ticket, ask }: { ticket: Ticket; ask: Action }) {
  const { t } = useLingui();
  const { level, requiredLevel, proofAsked } = ticket;
  const required = t(proofNames[requiredLevel]);
  const sofar = t(levelNames[level]);
  const isMissing = !reaches(level, requiredLevel);
  if (!isMissing && !isNewestUnproved(ticket) && !proofAsked?.waits) return null;

  return (
    <Banner tone="wait">
      <span className="grow basis-64">
        {isMissing ? (
          <Trans>
            <strong>Not proved enough.</strong> This needs {required}. So far: {sofar}. Do not change anything on the
            account yet.
          </Trans>
        ) : (
          isNewestUnproved(ticket) && (
            <Trans>
              <strong>The newest message proves less.</strong> The request was proved, but this message was not: it
              needs {required} too, if it asks for more.
            </Trans>
          )
        )}{" "}
        {proofAsked && <AskedWords asked={proofAsked} />}
      </span>
      {ask.isEnabled !== false && (
        <Tooltip label={t`Mails a link to the address on file`} keys={ask.keys}>
          <Button onClick={ask.perform}>{proofAsked ? <Trans>Ask again</Trans> : <Trans>Ask for proof</Trans>}</Button>
        </Tooltip>
      )}
    </Banner>
  );
}

function AskedWords({ asked }: { asked: NonNullable<DeskTicketPartsFragment["proofAsked"]> }) {
  if (asked.waits) {
    return (
      <Trans>
        Asked <Time at={asked.at} mode="absolute" />, waiting until <Time at={asked.expiresAt} mode="absolute" />.
      </Trans>
    );
  }
  return (
    <Trans>
      Asked <Time at={asked.at} mode="absolute" />; that link works no longer.
    </Trans>
  );
}

/** Whether the client's newest message proves less than the ticket needs, and nothing was proved since. */
export function isNewestUnproved(ticket: Ticket): boolean {
  const newest = ticket.timeline.edges.findLast(
    ({ node }) => node.__typename === "Message" && node.kind === "MESSAGE" && node.author.side === "CLIENT",
  )?.node;
  if (newest?.__typename !== "Message" || reaches(newest.level, ticket.requiredLevel)) return false;
  const { attestation } = ticket;
  const isProvedSince =
    attestation !== null &&
    reaches(attestation.level, ticket.requiredLevel) &&
    Date.parse(attestation.at) > Date.parse(newest.at);
  return !isProvedSince;
}
