import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { SignInForm } from "../../../shared/ui/SignInForm.tsx";
import { BrandMark } from "../../BrandMark.tsx";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";

interface Props {
  company: DeskCompanyPartsFragment;
  /** Loads the page anew as the one who has signed in, at the very address that was asked for. */
  onSignedIn?: (side: "client" | "staff") => void;
}

export function SignInPage({ company, onSignedIn = reload }: Props) {
  const { t } = useLingui();
  const name = company.brand.name;

  useEffect(() => {
    document.title = t`Sign in · ${name} desk`;
  }, [t, name]);

  return (
    <main className="lone-page">
      <SignInForm
        className="card grid gap-4"
        look="primary"
        heading={
          <>
            <BrandMark brand={company.brand} />
            <h1>
              <Trans>Sign in to the desk</Trans>
            </h1>
          </>
        }
        isFirst
        onSignedIn={onSignedIn}
      />
      <p className="text-s">
        <a className="link" href="/forgotten">
          <Trans>Forgot your password?</Trans>
        </a>
      </p>
      <p className="text-s text-ink-2">
        <Trans>
          This is for the staff. Are you a client? <a href="/">Go to the portal</a>
        </Trans>
      </p>
    </main>
  );
}

function reload(side: "client" | "staff"): void {
  if (side === "staff") location.reload();
  else location.assign("/");
}
