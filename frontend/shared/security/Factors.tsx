import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../gql/problem.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { useWordsOf } from "../ui/changeWords.ts";
import { ErrorState } from "../ui/ErrorState.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { Time } from "../ui/Time.tsx";
import { NewPasskey } from "./NewPasskey.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";
import {
  type FactorPartsFragment,
  NewRecoveryCodesDocument,
  OwnFactorsDocument,
  RemovePasskeyDocument,
  RemoveTotpDocument,
} from "./security.gen.ts";
import { TotpForm } from "./TotpForm.tsx";

interface Props {
  /** Called once recovery codes were shown and kept, or a factor was added without any. */
  onSetUp?: () => void;
}

/** The second factors of the reader: set up, and removed. */
export function Factors({ onSetUp }: Props) {
  const [{ data, error }, ask] = useQuery({ query: OwnFactorsDocument });
  const [codes, setCodes] = useState<string[]>();
  const refresh = () => ask({ requestPolicy: "network-only" });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={refresh} />;
  if (!data) return <Skeleton lines={[60, 80]} />;
  const security = data.security as FactorPartsFragment | null;
  if (!security) return null;

  const saved = (made: string[]) => {
    refresh();
    if (made.length > 0) setCodes(made);
    else onSetUp?.();
  };
  if (codes) {
    const kept = () => {
      setCodes(undefined);
      onSetUp?.();
    };
    return <RecoveryCodes codes={codes} onKept={kept} />;
  }
  return (
    <>
      <Totp security={security} onSaved={saved} />
      <Passkeys security={security} onSaved={saved} />
      {(security.totp || security.passkeys.length > 0) && (
        <CodesLeft left={security.recoveryCodesLeft} onSaved={saved} />
      )}
    </>
  );
}

interface SectionProps {
  security: FactorPartsFragment;
  onSaved: (codes: string[]) => void;
}

function Totp({ security, onSaved }: SectionProps) {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [, remove] = useMutation(RemoveTotpDocument);
  const wordsOf = useWordsOf();
  const forget = async () => {
    const outcome = toOutcome(await remove({}), (found) => found.removeTotp);
    setProblem(wordsOf(outcome));
    if (outcome.kind === "done") onSaved([]);
  };
  return (
    <section aria-labelledby="totp">
      <h2 id="totp">
        <Trans>Authenticator app</Trans>
      </h2>
      <p className="security-lead">
        {security.totp ? (
          <Trans>It is set up: signing in asks for the code that your app shows.</Trans>
        ) : (
          <Trans>An app on your telephone shows a code that signing in then asks for, beside your password.</Trans>
        )}
      </p>
      {problem && <Problem>{problem}</Problem>}
      {security.totp ? (
        <Button look="danger" onClick={() => void forget()}>
          <Trans>Remove the app</Trans>
        </Button>
      ) : isOpen ? (
        <TotpForm
          onSaved={(codes) => {
            setOpen(false);
            onSaved(codes);
          }}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <Button look="quiet" onClick={() => setOpen(true)}>
          <Trans>Set up an app</Trans>
        </Button>
      )}
    </section>
  );
}

function Passkeys({ security, onSaved }: SectionProps) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string>();
  const [, remove] = useMutation(RemovePasskeyDocument);
  const wordsOf = useWordsOf();
  const forget = async (id: string) => {
    const outcome = toOutcome(await remove({ id }), (found) => found.removePasskey);
    setProblem(wordsOf(outcome));
    if (outcome.kind === "done") onSaved([]);
  };
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">
        <Trans>Passkeys</Trans>
      </h2>
      <p className="security-lead">
        <Trans>
          Your device or password manager keeps it. You sign in by fingerprint, face or PIN; no code to type.
        </Trans>
      </p>
      {problem && <Problem>{problem}</Problem>}
      {security.passkeys.length > 0 && (
        <ul className="security-rows">
          {security.passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span className="grid">
                <strong>{passkey.name}</strong>
                <span className="security-faint">
                  {passkey.lastUsedAt ? (
                    <>
                      <Trans>Last used</Trans> <Time at={passkey.lastUsedAt} mode="relative" />
                    </>
                  ) : (
                    <Trans>Not used yet</Trans>
                  )}
                </span>
              </span>
              <Button look="plain" onClick={() => void forget(passkey.id)} aria-label={t`Remove: ${passkey.name}`}>
                <Trans>Remove</Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NewPasskey onSaved={onSaved} />
    </section>
  );
}

function CodesLeft({ left, onSaved }: { left: number; onSaved: (codes: string[]) => void }) {
  const [problem, setProblem] = useState<string>();
  const [, make] = useMutation(NewRecoveryCodesDocument);
  const wordsOf = useWordsOf();
  const renew = async () => {
    const outcome = toOutcome(await make({}), (found) => found.newRecoveryCodes);
    setProblem(wordsOf(outcome));
    if (outcome.kind === "done") onSaved(outcome.value.recoveryCodes);
  };
  return (
    <section aria-labelledby="recovery">
      <h2 id="recovery">
        <Trans>Recovery codes</Trans>
      </h2>
      <p className="security-lead">
        <Trans>For the day on which app and passkey are out of reach. Each works once; you have {left} left.</Trans>
      </p>
      {problem && <Problem>{problem}</Problem>}
      <Button look="quiet" onClick={() => void renew()}>
        <Trans>Make new codes</Trans>
      </Button>
    </section>
  );
}

function Problem({ children }: { children: string }) {
  return (
    <Banner tone="urgent" isAlert>
      {children}
    </Banner>
  );
}
