import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useLocation } from "@tanstack/react-router";
import { Page } from "../../Page.tsx";
import { useVisitor } from "../../visitor.ts";

const route = getRouteApi("/sent/$number");

export function SentPage() {
  const { t } = useLingui();
  const { viewer } = useVisitor();
  const { number } = route.useParams();
  const receiptTo = useLocation({ select: (location) => location.state.receiptTo });

  const hasNamedAccount = useLocation({ select: (location) => location.state.hasNamedAccount });

  return (
    <Page title={t`Your request is number ${number}`}>
      <p className="lead">
        {receiptTo ? (
          <Trans>
            A receipt goes to <strong>{receiptTo}</strong> within a minute. Answers go there too.
          </Trans>
        ) : (
          <Trans>A receipt goes to your e-mail address. Answers go there too.</Trans>
        )}
      </p>
      {hasNamedAccount && (
        <p>
          <Trans>
            If we know the account that you named, we have sent a link to the address on file, to prove that the request
            comes from there.
          </Trans>
        </p>
      )}
      <p className="aside">
        {viewer ? (
          <Trans>No receipt after 15 minutes? Look in the spam folder. The request itself is safe with us.</Trans>
        ) : (
          <Trans>No receipt after 15 minutes? Look in the spam folder, then send the request again.</Trans>
        )}
      </p>
      <p className="actions">
        {viewer && (
          <Link to="/tickets/$number" params={{ number }} className="button" data-look="brand">
            <Trans>Follow the request</Trans>
          </Link>
        )}
        <Link to="/" className="button" data-look="quiet">
          <Trans>Go to the start page</Trans>
        </Link>
      </p>
    </Page>
  );
}
