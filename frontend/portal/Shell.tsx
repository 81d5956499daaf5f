import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSubscription } from "urql";
import { signOut } from "../shared/session.ts";
import { Button } from "../shared/ui/Button.tsx";
import { OfflineBanner } from "../shared/ui/OfflineBanner.tsx";
import { Toasts } from "../shared/ui/Toasts.tsx";
import { showToast } from "../shared/ui/toasts.ts";
import { CompanyChangedDocument } from "./visitor.gen.ts";
import { useVisitor } from "./visitor.ts";

export function Shell() {
  const { refetch } = useVisitor();
  useFocusOnNavigation();
  // What the company changes (its looks, its departments) shows at once.
  const [change] = useSubscription({ query: CompanyChangedDocument });
  const company = change.data?.companyChanged;
  useEffect(() => {
    if (!company) return;
    applyBrand(company.brand.stylesheetUrl);
    refetch();
  }, [company, refetch]);

  return (
    <>
      <a className="skip-link" href="#main">
        <Trans>Skip to the page</Trans>
      </a>
      <Header brand={company?.brand} />
      <main id="main" className="column" tabIndex={-1}>
        <OfflineBanner />
        <Outlet />
      </main>
      <Footer name={company?.brand.name} />
      <Toasts />
    </>
  );
}

function Header({ brand }: { brand: { name: string; logoUrl: string | null } | undefined }) {
  const { company, viewer } = useVisitor();
  const { t } = useLingui();
  const { name, logoUrl } = brand ?? company.brand;

  const leave = async () => {
    if (await signOut()) location.assign("/");
    else showToast(t`You are still signed in: the server could not be reached.`);
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
          {viewer?.abilities.useDesk && (
            <a className="nav-link" href="/desk">
              <Trans>Desk</Trans>
            </a>
          )}
          {viewer ? (
            <>
              <span className="who">{viewer.name}</span>
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
    </header>
  );
}

function Footer({ name }: { name: string | undefined }) {
  const { company } = useVisitor();
  return (
    <footer className="bottom">
      <div>
        <span>{name ?? company.brand.name}</span>
        <span>
          <Trans>Passwords and card digits that you prove with are checked and forgotten, never stored.</Trans>
        </span>
      </div>
    </footer>
  );
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

/** Puts the company's new colours in place of the old ones; the old stay until the new have come. */
function applyBrand(stylesheetUrl: string): void {
  const links = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][href^="/brand/"]')];
  if (links.some((link) => link.getAttribute("href") === stylesheetUrl)) return;
  const next = document.createElement("link");
  next.rel = "stylesheet";
  next.href = stylesheetUrl;
  next.addEventListener("load", () => {
    for (const link of links) link.remove();
  });
  document.head.append(next);
}
