import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Page } from "../../Page.tsx";

/** The same words for a link that was used, is too old, was replaced or was never made here. */
export function Spent() {
  const { t } = useLingui();
  return (
    <Page title={t`This link no longer works`}>
      <p className="lead">
        <Trans>It was used already, or it is too old. Ask for a new one where you asked for this one.</Trans>
      </p>
      <p className="actions">
        <Link to="/" className="button" data-look="brand">
          <Trans>Go to the start page</Trans>
        </Link>
      </p>
    </Page>
  );
}
