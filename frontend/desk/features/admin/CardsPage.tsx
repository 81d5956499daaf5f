import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useTitle } from "../../title.ts";
import { AdminCardsDocument, type CardSourcePartsFragment } from "./connections.gen.ts";
import { LinkCustomer } from "./LinkCustomer.tsx";
import { StripeDisconnect } from "./StripeDisconnect.tsx";
import { StripeKeyForm } from "./StripeKeyForm.tsx";
import { StripeState } from "./StripeState.tsx";
import { StripeWebhookForm } from "./StripeWebhookForm.tsx";

const SECONDS_BETWEEN_LOOKS = 3;

/** Where the digits come from that clients prove with: the company's own Stripe account, or its billing system. */
export function CardsPage() {
  const { t } = useLingui();
  useTitle(t`Cards`);
  const [{ data, error }, ask] = useQuery({ query: AdminCardsDocument, requestPolicy: "cache-and-network" });
  const source = data?.cardSource as CardSourcePartsFragment | null | undefined;
  const stripe = source?.stripe;
  const isMoving = stripe != null && (stripe.syncing || stripe.waiting > 0 || !stripe.lastWebhookAt);

  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => ask({ requestPolicy: "network-only" }), SECONDS_BETWEEN_LOOKS * 1000);
    return () => clearInterval(timer);
  }, [isMoving, ask]);

  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!source) return <Skeleton lines={[40, 90, 60]} />;
  const refresh = () => ask({ requestPolicy: "network-only" });
  const { withCard } = source;
  const all = withCard + source.withoutCard;

  return (
    <section className="admin-page">
      <div className="grid gap-2">
        <h2>
          <Trans>Cards</Trans>
        </h2>
        <p className="lead">
          <Trans>
            The last four digits of the card that pays can prove that an account is the client's own. They are kept so
            that they can be compared and never read, by staff or by anyone.
          </Trans>
        </p>
        <p className="num">
          <Plural
            value={all}
            one={`A card is known for ${withCard} of # client.`}
            other={`A card is known for ${withCard} of # clients.`}
          />
        </p>
      </div>
      {stripe ? (
        <>
          <StripeState stripe={stripe} onChanged={refresh} />
          <StripeWebhookForm source={source} onChanged={refresh} />
          <LinkCustomer onChanged={refresh} />
          <StripeDisconnect keyLastFour={stripe.keyLastFour} onChanged={refresh} />
        </>
      ) : (
        <>
          <StripeKeyForm isFirst matchByEmail={true} onChanged={refresh} />
          <section className="grid gap-2">
            <h3>
              <Trans>Another billing system</Trans>
            </h3>
            <p className="lead">
              <Trans>It can tell the digits of each client itself, with a token of its own.</Trans>{" "}
              <Link to="/admin/tokens" className="link">
                <Trans>Make an API token</Trans>
              </Link>
            </p>
          </section>
        </>
      )}
    </section>
  );
}
