import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, Navigate } from "@tanstack/react-router";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { SignInForm } from "../../../shared/ui/SignInForm.tsx";
import { Page } from "../../Page.tsx";
import { useVisitor } from "../../visitor.ts";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  const { t } = useLingui();
  const { company, viewer, hasSessionEnded } = useVisitor();
  const { next } = route.useSearch();

  if (viewer) return <Navigate to={ownPath(next)} replace />;

  return (
    <Page title={t`Sign in`}>
      <SignInForm
        className="form narrow"
        look="brand"
        notice={
          hasSessionEnded && (
            <Banner tone="wait">
              <Trans>You are signed out. Sign in to go on where you were; what you wrote is kept.</Trans>
            </Banner>
          )
        }
        // A whole new page: nothing that was cached for the guest may stay.
        onSignedIn={(side) => location.assign(side === "staff" && !next ? "/desk" : ownPath(next))}
      />
      <p className="aside">
        <Link to="/forgotten" className="link">
          <Trans>Forgot your password, or rather a link by mail?</Trans>
        </Link>
      </p>
      <p className="aside">
        <Link to="/access" search={next ? { next } : {}} className="link">
          <Trans>You wrote to us without an account? See your requests</Trans>
        </Link>
      </p>
      <p className="aside">
        <Trans>Your sign-in is the one that you have with {company.brand.name}.</Trans>
      </p>
    </Page>
  );
}

/** `next` comes from the address bar: only a path of this very site is followed. */
export function ownPath(next: string | undefined): string {
  if (!next) return "/";
  const target = new URL(next, location.origin);
  return target.origin === location.origin && next.startsWith("/") ? target.pathname + target.search : "/";
}
