import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { Factors } from "../../../shared/security/Factors.tsx";
import { StepUpSlot } from "../../../shared/security/StepUpSlot.tsx";
import { signOut } from "../../../shared/session.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { BrandMark } from "../../BrandMark.tsx";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";
import "../../../shared/security/security.css";

/** The company wants a second factor of its staff: nothing else opens until one is set up. */
export function SetUpPage({ company }: { company: DeskCompanyPartsFragment }) {
  const { t } = useLingui();
  const name = company.brand.name;
  useEffect(() => {
    document.title = t`Second factor · ${name} desk`;
  }, [t, name]);
  return (
    <main className="lone-page">
      <div className="card grid gap-4">
        <BrandMark brand={company.brand} />
        <h1>
          <Trans>Set up a second factor</Trans>
        </h1>
        <p>
          <Trans>
            {name} asks it of everyone on the staff: a password alone can be seen or guessed. One of these is enough.
          </Trans>
        </p>
        <div className="security">
          <Factors onSetUp={() => location.reload()} />
        </div>
        <Button look="plain" onClick={() => void signOut().then(() => location.reload())}>
          <Trans>Sign in as someone else</Trans>
        </Button>
      </div>
      <StepUpSlot />
    </main>
  );
}
