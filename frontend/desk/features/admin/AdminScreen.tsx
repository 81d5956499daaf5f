import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { useDesk } from "../../desk.ts";
import { PaneBack } from "../../PaneBack.tsx";
import "../../css/admin.css";

/** The settings of the company, for admins and owners. */
export function AdminScreen() {
  const { t } = useLingui();
  const { viewer } = useDesk();
  const tabs = useRef<HTMLElement>(null);
  useTabInSight(tabs);
  if (!viewer.abilities.administer) return <NotYours />;
  return (
    <div className="admin">
      <header className="pane-head">
        <PaneBack to="views" />
        <h1 className="visually-hidden">
          <Trans>Settings</Trans>
        </h1>
        <nav ref={tabs} aria-label={t`Settings`} className="admin-tabs">
          <Link to="/admin/departments">
            <Trans>Departments</Trans>
          </Link>
          <Link to="/admin/staff">
            <Trans>Staff</Trans>
          </Link>
          <Link to="/admin/routing">
            <Trans>Routing</Trans>
          </Link>
          <Link to="/admin/brand">
            <Trans>Brand</Trans>
          </Link>
          <Link to="/admin/language">
            <Trans>Language and rules</Trans>
          </Link>
          <Link to="/admin/lifecycle">
            <Trans>Lifecycle</Trans>
          </Link>
          <Link to="/admin/hours">
            <Trans>Hours and promises</Trans>
          </Link>
          <Link to="/admin/proof">
            <Trans>Proof</Trans>
          </Link>
          <Link to="/admin/mail-in">
            <Trans>Incoming mail</Trans>
          </Link>
          <Link to="/admin/files">
            <Trans>Files</Trans>
          </Link>
          <Link to="/admin/cards">
            <Trans>Cards</Trans>
          </Link>
          <Link to="/admin/panel">
            <Trans>Hosting panel</Trans>
          </Link>
          <Link to="/admin/tokens">
            <Trans>API tokens</Trans>
          </Link>
          <Link to="/admin/security">
            <Trans>Security</Trans>
          </Link>
        </nav>
      </header>
      <div className="admin-body">
        <Outlet />
      </div>
    </div>
  );
}

/** On a small screen the tabs are longer than it is: the one that is open is moved into sight. */
function useTabInSight(tabs: RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each page another tab is the open one.
  useEffect(() => {
    const row = tabs.current;
    const open = row?.querySelector<HTMLElement>('[aria-current="page"]');
    if (row && open) row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
  }, [tabs, pathname]);
}

function NotYours() {
  return (
    <section className="pane solo">
      <EmptyState
        title={
          <h1>
            <Trans>These settings are not yours to change</Trans>
          </h1>
        }
      >
        <p>
          <Trans>Admins and owners of the company change departments, staff and brand. Ask one of them.</Trans>
        </p>
        <Link to="/queue/$departmentId" params={{ departmentId: "all" }} className="link">
          <Trans>Go to the queue</Trans>
        </Link>
      </EmptyState>
    </section>
  );
}
