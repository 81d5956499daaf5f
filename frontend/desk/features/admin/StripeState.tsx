import { msg } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Time } from "../../../shared/ui/Time.tsx";
import { showToast } from "../../toasts.ts";
import { type CardSourcePartsFragment, SyncStripeDocument } from "./connections.gen.ts";
import { StripeKeyForm } from "./StripeKeyForm.tsx";

const problems: Record<string, ReturnType<typeof msg>> = {
  stripe_key_refused: msg`Stripe does not take the key any more. Cards are as they were last known; give another key.`,
  stripe_key_lacks: msg`The key lacks the right to read customers and payment methods. Give it both at Stripe.`,
  stripe_away: msg`Stripe could not be reached when it was last asked. It is tried again by itself.`,
};

interface Props {
  stripe: NonNullable<CardSourcePartsFragment["stripe"]>;
  onChanged: () => void;
}

/** How the connected account is doing: what was read when, what waits, and what is in the way. */
export function StripeState({ stripe, onChanged }: Props) {
  const { t } = useLingui();
  const [, sync] = useMutation(SyncStripeDocument);
  const [problem, setProblem] = useState<string>();
  const told = stripe.problem ? problems[stripe.problem] : undefined;

  const readAgain = async () => {
    const outcome = toOutcome(await sync({}), (data) => data.syncStripe);
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(t`All customers are read again`);
      onChanged();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };

  return (
    <section className="grid gap-4" aria-labelledby="stripe-state">
      <h3 id="stripe-state">
        <Trans>Stripe is connected</Trans>
      </h3>
      {(problem || told) && (
        <Banner tone="urgent" isAlert>
          {problem ?? (told && t(told))}
        </Banner>
      )}
      <dl className="facts">
        <dt>
          <Trans>Key</Trans>
        </dt>
        <dd>
          <Trans>
            ends in <code>{stripe.keyLastFour}</code>
          </Trans>
        </dd>
        <dt>
          <Trans>Clients found</Trans>
        </dt>
        <dd className="num">
          <Plural value={stripe.linked} one="# client is a customer there" other="# clients are customers there" />
        </dd>
        <dt>
          <Trans>Customers read</Trans>
        </dt>
        <dd>
          {stripe.syncing ? (
            <Trans>being read now</Trans>
          ) : stripe.syncedAt ? (
            <Time at={stripe.syncedAt} />
          ) : (
            <Trans>not yet</Trans>
          )}
        </dd>
        <dt>
          <Trans>Last webhook</Trans>
        </dt>
        <dd>
          {stripe.lastWebhookAt ? (
            <Time at={stripe.lastWebhookAt} />
          ) : stripe.takesWebhooks ? (
            <Trans>none yet; change a customer in Stripe to see one come</Trans>
          ) : (
            <Trans>not set up: a changed card is noticed within a day</Trans>
          )}
        </dd>
        {stripe.waiting > 0 && (
          <>
            <dt>
              <Trans>Waiting</Trans>
            </dt>
            <dd className="num">
              <Plural value={stripe.waiting} one="# webhook" other="# webhooks" />
              {stripe.failing > 0 && (
                <>
                  {", "}
                  <Plural value={stripe.failing} one="# to be tried again" other="# to be tried again" />
                </>
              )}
            </dd>
          </>
        )}
      </dl>
      <div className="flex flex-wrap gap-3">
        <Button isDisabled={stripe.syncing} onClick={() => void readAgain()}>
          <Trans>Read all customers again</Trans>
        </Button>
      </div>
      <details>
        <summary className="link">
          <Trans>Use another key</Trans>
        </summary>
        <StripeKeyForm isFirst={false} matchByEmail={stripe.matchByEmail} onChanged={onChanged} />
      </details>
    </section>
  );
}
