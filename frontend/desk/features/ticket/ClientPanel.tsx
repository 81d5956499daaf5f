import { msg } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ContactRole, ProofMethod } from "../../../shared/gql/schema.gen.ts";
import type { Action } from "../../../shared/keyboard/actions.ts";
import { SecretsPanel } from "../../../shared/secrets/SecretsPanel.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { Tooltip } from "../../../shared/ui/Tooltip.tsx";
import { levelNames, VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { Avatar } from "../../Avatar.tsx";
import type { DeskClientPartsFragment, DeskTicketPartsFragment } from "./ticket.gen.ts";

const roleNames = {
  OWNER: msg`Owner of the account`,
  MAY_APPROVE: msg`May approve`,
  MEMBER: msg`Contact, may not approve`,
} satisfies Record<ContactRole, unknown>;

const methodNames = {
  EMAIL: msg`e-mail`,
  SIGNED_IN: msg`sign-in`,
  CARD: msg`card digits`,
  PASSWORD: msg`account password`,
  TOTP: msg`authenticator code`,
  PASSKEY: msg`passkey`,
  PIN: msg`support PIN`,
} satisfies Record<ProofMethod, unknown>;

interface Props {
  ticket: DeskTicketPartsFragment;
  /** Records what the client proves on the telephone. */
  pin: Action;
  /** On narrower screens it lies over the ticket when it is asked for. */
  isShown: boolean;
  onClose: () => void;
}

/** Who asks, what was proved, and what else we know of them. */
export function ClientPanel({ ticket, pin, isShown, onClose }: Props) {
  const { t } = useLingui();
  const { requester, client } = ticket;

  return (
    <aside
      className="client-panel"
      data-shown={isShown || undefined}
      aria-label={t`Client`}
      onKeyDown={(event) => event.key === "Escape" && isShown && onClose()}
    >
      <button type="button" className="client-close" onClick={onClose}>
        <Trans>Close</Trans>
      </button>
      <div className="who-card">
        <Avatar name={requester.name} size="l" />
        <div className="min-w-0">
          <strong>{requester.name}</strong>
          <div className="faint">
            {client ? (
              <>
                {client.name !== requester.name && <>{client.name} · </>}
                <Trans>client {client.number}</Trans>
              </>
            ) : (
              <Trans>No account known</Trans>
            )}
          </div>
          {requester.email && (
            <div className="faint truncate" title={requester.email}>
              {requester.email}
            </div>
          )}
        </div>
      </div>
      <Proof ticket={ticket} />
      {pin.isEnabled !== false && (
        <Tooltip label={t`The caller reads out the support PIN`} keys={pin.keys}>
          <button type="button" className="link" onClick={pin.perform}>
            {pin.name}
          </button>
        </Tooltip>
      )}
      <SecretsPanel ticket={ticket} isStaff canAsk={ticket.abilities.askForSecret} />
      {client && <Locks client={client} />}
      {client && client.services.length > 0 && (
        <Group title={t`Services`}>
          <ul className="grid gap-2">
            {client.services.map((service) => (
              <li key={service.id}>
                <div>{service.name}</div>
                <div className="faint">{[service.plan, service.server].filter(Boolean).join(" · ")}</div>
              </li>
            ))}
          </ul>
          {client.serviceCount > client.services.length && (
            <p className="faint">
              <Trans>and {client.serviceCount - client.services.length} more</Trans>
            </p>
          )}
        </Group>
      )}
      {client && <Earlier client={client} number={ticket.number} />}
    </aside>
  );
}

function Proof({ ticket }: { ticket: DeskTicketPartsFragment }) {
  const { t } = useLingui();
  const { attestation, level, requesterRole: role } = ticket;
  return (
    <Group title={t`Proof`}>
      <dl>
        <dt>
          <Trans>Level</Trans>
        </dt>
        <dd className="flex items-center gap-1.5">
          <VerificationBadge level={level} attestation={attestation} /> {t(levelNames[level])}
        </dd>
        {attestation && (
          <>
            <dt>
              <Trans>When</Trans>
            </dt>
            <dd>
              <Time at={attestation.at} mode="absolute" />
              {attestation.address && <>, {attestation.address}</>}
            </dd>
            <dt>
              <Trans>By</Trans>
            </dt>
            <dd>{attestation.by || t`name removed`}</dd>
            {attestation.recordedBy && (
              <>
                <dt>
                  <Trans>Recorded by</Trans>
                </dt>
                <dd>{attestation.recordedBy}</dd>
              </>
            )}
            <dt>
              <Trans>Holds</Trans>
            </dt>
            <dd>
              {attestation.expiresAt ? (
                <Trans>
                  until <Time at={attestation.expiresAt} mode="absolute" />
                </Trans>
              ) : (
                <Trans>for this ticket</Trans>
              )}
            </dd>
          </>
        )}
        {role && (
          <>
            <dt>
              <Trans>Role</Trans>
            </dt>
            <dd>{t(roleNames[role])}</dd>
          </>
        )}
        {ticket.client && (
          <>
            <dt>
              <Trans>Card</Trans>
            </dt>
            <dd>{ticket.client.cardOnFile ? t`on file` : t`none on file`}</dd>
          </>
        )}
      </dl>
    </Group>
  );
}

function Locks({ client }: { client: DeskClientPartsFragment }) {
  const { t } = useLingui();
  if (client.locks.length === 0) return null;
  return (
    <div className="locks" role="note">
      {client.locks.map((lock) => {
        const method = t(methodNames[lock.method]);
        return (
          <p key={lock.method}>
            <strong>
              <Plural
                value={lock.tries}
                one={`# wrong try today with the ${method}`}
                other={`# wrong tries today with the ${method}`}
              />
            </strong>
            <br />
            <Trans>
              Locked until <Time at={lock.lockedUntil} mode="absolute" />. The client can lift it by a mailed link.
            </Trans>
          </p>
        );
      })}
    </div>
  );
}

function Earlier({ client, number }: { client: DeskClientPartsFragment; number: number }) {
  const { t } = useLingui();
  const earlier = client.recentTickets.filter((each) => each.number !== number).slice(0, 5);
  if (earlier.length === 0) return null;
  return (
    <Group title={t`Earlier`}>
      <ul className="grid gap-1.5">
        {earlier.map((each) => (
          <li key={each.id}>
            <Link to="/tickets/$number" params={{ number: String(each.number) }} className="link">
              <span className="num">#{each.number}</span> {each.subject}{" "}
              <span className="faint">{each.status.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Group>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
