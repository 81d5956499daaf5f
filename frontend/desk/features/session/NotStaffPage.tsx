import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { signOut } from "../../../shared/session.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { BrandMark } from "../../BrandMark.tsx";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";

/** A client who came to the staff's address. */
export function NotStaffPage({ company, name }: { company: DeskCompanyPartsFragment; name: string }) {
  const { t } = useLingui();
  const [failed, setFailed] = useState(false);
  const leave = async () => {
    if (await signOut()) location.reload();
    else setFailed(true);
  };
  return (
    <main className="lone-page">
      <div className="card grid gap-4">
        <BrandMark brand={company.brand} />
        <h1>
          <Trans>This desk is for the staff</Trans>
        </h1>
        {failed && (
          <Banner tone="urgent" isAlert>
            {t`You are still signed in: the server could not be reached.`}
          </Banner>
        )}
        <p>
          <Trans>You are signed in as {name}. Your requests are on the portal.</Trans>
        </p>
        <div className="flex flex-wrap gap-2">
          <a className="button" data-look="primary" href="/">
            <Trans>Go to the portal</Trans>
          </a>
          <Button onClick={leave}>
            <Trans>Sign in as someone else</Trans>
          </Button>
        </div>
      </div>
    </main>
  );
}
