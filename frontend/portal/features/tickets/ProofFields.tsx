import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Radio, RadioGroup } from "../../../shared/ui/Radio.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import type { ProofClientPartsFragment } from "./newRequest.gen.ts";
import type { Proof } from "./useProof.ts";

interface Props {
  proof: Proof;
  /** Why it is asked for, in one sentence. */
  reason: ReactNode;
  client: ProofClientPartsFragment | null | undefined;
  problem?: string | undefined;
  /** What sends it, where the proof is a form of its own. */
  children?: ReactNode;
}

/** The step in which a client shows that the account is theirs: choose how, type it once. */
export function ProofFields({ proof, reason, client, problem, children }: Props) {
  const { t } = useLingui();
  const { methods, method, choose, field } = proof;
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
  if (!method) return null;
  const lock = client?.locks.find((each) => each.method === method && Date.parse(each.lockedUntil) > Date.now());

  return (
    <section className="proof-step" aria-label={t`Proof`}>
      <p className="reason">{reason}</p>
      {methods.length > 1 && (
        <RadioGroup legend={t`Prove it with`} className="proof-methods">
          <Radio name="proof-method" checked={method === "CARD"} onChange={() => choose("CARD")}>
            <Trans>Last four digits of the card on file</Trans>
          </Radio>
          <Radio name="proof-method" checked={method === "PASSWORD"} onChange={() => choose("PASSWORD")}>
            <Trans>Account password</Trans>
          </Radio>
        </RadioGroup>
      )}
      <div className="secret">
        {method === "CARD" ? (
          <TextField
            key="card"
            ref={field}
            label={t`Last four digits of the card`}
            hint={t`Of the card that pays for the account. They are checked and forgotten.`}
            problem={lock ? undefined : problem}
            type="password"
            inputMode="numeric"
            pattern="[0-9]{4}"
            maxLength={4}
            autoComplete="off"
            className="digits num"
          />
        ) : (
          <TextField
            key="password"
            ref={field}
            label={t`Account password`}
            hint={t`Typed again now. It is checked and forgotten.`}
            problem={lock ? undefined : problem}
            type="password"
            autoComplete="off"
            maxLength={1000}
          />
        )}
      </div>
      {lock && (
        <Banner tone="wait" isAlert>
          <span>
            <Trans>
              Locked until <Time at={lock.lockedUntil} mode="absolute" /> after too many wrong tries. We have mailed you
              a link that lifts the lock.
            </Trans>
          </span>
          {methods.length > 1 && (
            <span>
              <Trans>You can also prove it in the other way.</Trans>
            </span>
          )}
        </Banner>
      )}
      {children && <div className="actions">{children}</div>}
    </section>
  );
}
