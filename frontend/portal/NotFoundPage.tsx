import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Page } from "./Page.tsx";
import { useVisitor } from "./visitor.ts";

/** Nothing here; the same words whether it never was or is another's. */
export function NotFoundPage() {
  const { t } = useLingui();
  const { viewer } = useVisitor();
  return (
    <Page title={t`This page is not here`}>
      <p className="lead">
        {viewer ? (
          <Trans>The address may be mistyped, or the page belongs to someone else.</Trans>
        ) : (
          <Trans>The address may be mistyped, or you need to sign in to see it.</Trans>
        )}
      </p>
      <p className="actions">
        <Link to="/" className="button" data-look="brand">
          <Trans>Go to the start page</Trans>
        </Link>
        {!viewer && (
          <Link
            to="/sign-in"
            search={{ next: location.pathname + location.search }}
            className="button"
            data-look="quiet"
          >
            <Trans>Sign in</Trans>
          </Link>
        )}
      </p>
    </Page>
  );
}
