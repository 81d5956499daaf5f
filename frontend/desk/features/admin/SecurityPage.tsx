import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { useWordsOf } from "../../../shared/ui/changeWords.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Switch } from "../../../shared/ui/Switch.tsx";
import { useTitle } from "../../title.ts";
import { SecurityRuleDocument, SetSecondFactorRuleDocument } from "./admin.gen.ts";

/** What the company asks of its own people when they sign in. */
export function SecurityPage() {
  const { t } = useLingui();
  useTitle(t`Security`);
  const [{ data, error }, ask] = useQuery({ query: SecurityRuleDocument });
  const [, setRule] = useMutation(SetSecondFactorRuleDocument);
  const [problem, setProblem] = useState<string>();
  const wordsOf = useWordsOf();
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;

  const turn = async (required: boolean) =>
    setProblem(wordsOf(toOutcome(await setRule({ required }), (found) => found.setSecondFactorRule)));
  const isRequired = data.company.staffSecondFactor;
  const hasOwn = data.security !== null && (data.security.totp || data.security.passkeys.length > 0);
  return (
    <section className="admin-page">
      <h2>
        <Trans>Security</Trans>
      </h2>
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      {!isRequired && !hasOwn && (
        <Banner tone="wait">
          <span className="grow basis-64">
            <Trans>
              You have no second factor yourself. Set yours up first: once it is required, nobody does anything here
              without one.
            </Trans>
          </span>
          <Link to="/security" className="button" data-look="primary">
            <Trans>Set up mine</Trans>
          </Link>
        </Banner>
      )}
      <Switch
        checked={isRequired}
        disabled={!isRequired && !hasOwn}
        aria-describedby="rule-effect"
        onChange={(event) => void turn(event.target.checked)}
      >
        <Trans>The staff must use a second factor</Trans>
      </Switch>
      <p id="rule-effect" className="lead">
        {isRequired ? (
          <Trans>Who has none sets one up right after the password, and can do nothing else before.</Trans>
        ) : (
          <Trans>
            Everyone on the staff chooses for themselves. Turned on, it holds at once, for those who are signed in too.
          </Trans>
        )}
      </p>
    </section>
  );
}
