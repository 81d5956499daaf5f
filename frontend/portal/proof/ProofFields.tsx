import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Banner } from "../../shared/ui/Banner.tsx";
import { TextField } from "../../shared/ui/Field.tsx";
import { Radio, RadioGroup } from "../../shared/ui/Radio.tsx";
import { Time } from "../../shared/ui/Time.tsx";
import type { Proof } from "./useProof.ts";
import { isLocked, type StepUp, type Way } from "./ways.ts";

interface Props {
  proof: Proof;
  /** Why it is asked for, in one sentence. */
  reason: ReactNode;
  problem?: string | undefined;
  /** What sends it, where the proof is a form of its own. */
  children?: ReactNode;
}

/** The step in which a client shows that the account is theirs: choose how, type it once. */
export function ProofFields({ proof, reason, problem, children }: Props) {
  const { t } = useLingui();
  const { ways, way, choose, field } = proof;
  if (proof.isOutOfReach) {
    return (
      <Banner tone="wait">
        <span>{reason}</span>
        <span>
          <Trans>That proof cannot be given on this page. Write to us, and we find a way.</Trans>
        </span>
      </Banner>
    );
  }
  if (!way) return null;
  const hasLock = isLocked(way);

  return (
    <section className="proof-step" aria-label={t`Proof`}>
      <p className="reason">{reason}</p>
      {ways.length > 1 && (
        <RadioGroup legend={t`Prove it with`} className="proof-methods">
          {ways.map((each) => (
            <Radio
              key={each.method}
              name="proof-method"
              checked={each.method === way.method}
              onChange={() => choose(each.method)}
              hint={isLocked(each) ? <LockWords way={each} /> : undefined}
            >
              <WayName method={each.method} />
            </Radio>
          ))}
        </RadioGroup>
      )}
      <div className="secret">
        {way.method === "CARD" ? (
          <TextField
            key="card"
            ref={field}
            label={t`Last four digits of the card`}
            hint={t`Of the card that pays for the account. They are checked and forgotten.`}
            problem={hasLock ? undefined : problem}
            type="password"
            inputMode="numeric"
            pattern="[0-9]{4}"
            maxLength={4}
            autoComplete="off"
            className="digits num"
          />
        ) : way.method === "PASSKEY" ? (
          <p className="reason">
            {problem && !hasLock && <span className="problem">{problem} </span>}
            <Trans>Your browser asks for your passkey when you go on.</Trans>
          </p>
        ) : way.method === "TOTP" ? (
          <TextField
            key="totp"
            ref={field}
            label={t`Code from your authenticator app`}
            hint={t`Six digits; a new one every half minute.`}
            problem={hasLock ? undefined : problem}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            className="digits num"
          />
        ) : (
          <TextField
            key="password"
            ref={field}
            label={t`Account password`}
            hint={t`Typed again now. It is checked and forgotten.`}
            problem={hasLock ? undefined : problem}
            type="password"
            autoComplete="off"
            maxLength={1000}
          />
        )}
      </div>
      {hasLock && (
        <Banner tone="wait" isAlert>
          <span>
            <LockWords way={way} /> <Trans>We have mailed you a link that lifts the lock.</Trans>
          </span>
          {ways.some((each) => !isLocked(each)) && (
            <span>
              <Trans>You can also prove it in another way.</Trans>
            </span>
          )}
        </Banner>
      )}
      {children && <div className="actions">{children}</div>}
    </section>
  );
}

function WayName({ method }: { method: StepUp }) {
  switch (method) {
    case "CARD":
      return <Trans>Last four digits of the card on file</Trans>;
    case "PASSWORD":
      return <Trans>Account password</Trans>;
    case "TOTP":
      return <Trans>Code of your authenticator app</Trans>;
    case "PASSKEY":
      return <Trans>Your passkey</Trans>;
  }
}

function LockWords({ way }: { way: Way }) {
  if (!way.lockedUntil) return null;
  return (
    <Trans>
      Locked until <Time at={way.lockedUntil} mode="absolute" /> after too many wrong tries.
    </Trans>
  );
}
