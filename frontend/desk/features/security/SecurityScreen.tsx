import { Trans, useLingui } from "@lingui/react/macro";
import { SecuritySections } from "../../../shared/security/SecuritySections.tsx";
import { PaneBack } from "../../PaneBack.tsx";
import { useTitle } from "../../title.ts";
import "../../css/admin.css";

/** How the reader signs in to the desk. */
export function SecurityScreen() {
  const { t } = useLingui();
  useTitle(t`Sign-in and security`);
  return (
    <div className="admin">
      <header className="pane-head">
        <PaneBack to="views" />
        <h1>
          <Trans>Sign-in and security</Trans>
        </h1>
      </header>
      <div className="admin-body">
        <div className="admin-page">
          <SecuritySections />
        </div>
      </div>
    </div>
  );
}
