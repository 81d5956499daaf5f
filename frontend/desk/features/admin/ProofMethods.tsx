import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import type { ProofMethod } from "../../../shared/gql/schema.gen.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Switch } from "../../../shared/ui/Switch.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { useDesk } from "../../desk.ts";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";
import { showToast } from "../../toasts.ts";
import { SetProofMethodsDocument } from "./admin.gen.ts";

const methods = [
  {
    method: "EMAIL",
    level: "EMAIL",
    name: msg`E-mail`,
    effect: msg`The sender of a mail was authenticated, or a link that we mailed was followed.`,
  },
  {
    method: "PIN",
    level: "SIGNED_IN",
    name: msg`Support PIN on the telephone`,
    effect: msg`The portal shows six digits for ten minutes; whoever takes the call records them on the ticket.`,
  },
  {
    method: "CARD",
    level: "CARD",
    name: msg`Last four digits of the card`,
    effect: msg`The contact types the digits of the card that pays for the account.`,
  },
  {
    method: "PASSWORD",
    level: "PASSWORD",
    name: msg`Account password`,
    effect: msg`A contact who may decide for the account types the account password again.`,
  },
  {
    method: "TOTP",
    level: "SECOND_FACTOR",
    name: msg`Authenticator app`,
    effect: msg`A contact who has set up an authenticator app types its code. It counts as much as the password.`,
  },
  {
    method: "PASSKEY",
    level: "SECOND_FACTOR",
    name: msg`Passkey`,
    effect: msg`A contact who has a passkey uses it. It counts as much as the password.`,
  },
] as const;

interface Props {
  company: DeskCompanyPartsFragment;
}

/** The ways of proving that are offered, from the least to the most. A switch takes effect when it is turned. */
export function ProofMethods({ company }: Props) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, set] = useMutation(SetProofMethodsDocument);
  const [problem, setProblem] = useState<string>();
  const on = company.proofMethods;

  const turn = async (name: string, wanted: ProofMethod[], isOn: boolean, before?: ProofMethod[]) => {
    const outcome = toOutcome(await set({ methods: wanted }), (data) => data.setProofMethods);
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(
        isOn ? t`Offered again: ${name}` : t`No longer offered: ${name}`,
        before ? () => void turn(name, before, !isOn) : undefined,
      );
      refetch();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };

  return (
    <section className="grid gap-4" aria-labelledby="proof-methods">
      <h3 id="proof-methods">
        <Trans>Ways of proving</Trans>
      </h3>
      <p className="lead">
        <Trans>What clients can prove with, from the least to the most. What was proved before stays proved.</Trans>
      </p>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <ul className="grid gap-4">
        {methods.map(({ method, level, name, effect }) => (
          <li key={method} className="grid gap-1">
            <span className="flex items-center gap-2">
              <Switch
                checked={on.includes(method)}
                aria-describedby={`proof-${method}`}
                onChange={(event) => {
                  const others = on.filter((each) => each !== method);
                  void turn(t(name), event.target.checked ? [...others, method] : others, event.target.checked, [
                    ...on,
                  ]);
                }}
              >
                {t(name)}
              </Switch>
              <VerificationBadge level={level} isFocusable={false} />
            </span>
            <p id={`proof-${method}`} className="lead">
              {t(effect)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
