import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { signOut } from "../shared/session.ts";
import { Banner } from "../shared/ui/Banner.tsx";
import { Button } from "../shared/ui/Button.tsx";
import { OfflineBanner } from "../shared/ui/OfflineBanner.tsx";
import { useVisitor } from "./visitor.ts";

export function Shell() {
  useFocusOnNavigation();
  useSignInAgain();
  return (
    <>
      <a className="skip-link" href="#main">
        <Trans>Skip to the page</Trans>
      </a>
      <Header />
      <main id="main" className="column" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
      <div className="offline">
        <OfflineBanner />
      </div>
    </>
  );
}

function Header() {
  const { company, viewer } = useVisitor();
  const { t } = useLingui();
  const { name, logoUrl } = company.brand;
  const [isStillHere, setStillHere] = useState(false);

  const leave = async () => {
    if (await signOut()) location.assign("/");
    else setStillHere(true);
  };

  return (
    <header className="top">
      <div>
        <Link to="/" className="brand">
          {logoUrl ? <img src={logoUrl} alt={name} height={32} /> : name}
        </Link>
        <nav aria-label={t`Your account`}>
          {viewer?.side === "CLIENT" && (
            <Link to="/tickets" className="nav-link" activeOptions={{ exact: true, includeSearch: false }}>
              <Trans>Your requests</Trans>
            </Link>
          )}
          {viewer?.side === "CLIENT" && !viewer.isGuest && company.proofMethods.includes("PIN") && (
            <Link to="/support-pin" className="nav-link max-sm:hidden">
              <Trans>Support PIN</Trans>
            </Link>
          )}
          {viewer?.abilities.useDesk && (
            <a className="nav-link" href="/desk">
              <Trans>Desk</Trans>
            </a>
          )}
          {viewer ? (
            <>
              {viewer.isGuest ? (
                <span className="who">{viewer.name}</span>
              ) : (
                <Link to="/security" className="nav-link who" title={t`Sign-in and security`}>
                  {viewer.name}
                </Link>
              )}
              <Button look="plain" onClick={leave}>
                <Trans>Sign out</Trans>
              </Button>
            </>
          ) : (
            <Link to="/sign-in" className="nav-link">
              <Trans>Sign in</Trans>
            </Link>
          )}
        </nav>
      </div>
      {isStillHere && (
        <Banner tone="urgent" isAlert>
          <Trans>You are still signed in: the server could not be reached.</Trans>
        </Banner>
      )}
    </header>
  );
}

function Footer() {
  const { company, viewer } = useVisitor();
  return (
    <footer className="bottom">
      <div>
        <span>{company.brand.name}</span>
        <span>
          <Trans>Passwords and card digits that you prove with are checked and forgotten, never stored.</Trans>
        </span>
        {viewer && !viewer.isGuest && (
          // The header has room for these on wider screens.
          <span className="more-pages">
            {viewer.side === "CLIENT" && company.proofMethods.includes("PIN") && (
              <Link to="/support-pin">
                <Trans>Support PIN</Trans>
              </Link>
            )}
            <Link to="/security">
              <Trans>Sign-in and security</Trans>
            </Link>
          </span>
        )}
      </div>
    </footer>
  );
}

/** A session that ended leads to the sign-in, and from there back to here. */
function useSignInAgain(): void {
  const { hasSessionEnded } = useVisitor();
  const router = useRouter();
  const navigate = useNavigate();
  useEffect(() => {
    const { href, pathname } = router.state.location;
    if (!hasSessionEnded || pathname === "/sign-in") return;
    void navigate({ to: "/sign-in", search: { next: href }, replace: true });
  }, [hasSessionEnded, router, navigate]);
}

/** After a link, keyboard and reader start at the new page's heading; the first page is left to the browser. */
function useFocusOnNavigation(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (fromLocation && pathChanged) document.querySelector("h1")?.focus({ preventScroll: true });
      }),
    [router],
  );
}
