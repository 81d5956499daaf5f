import { useLingui } from "@lingui/react/macro";
import { Navigate } from "@tanstack/react-router";
import { SecuritySections } from "../../../shared/security/SecuritySections.tsx";
import { StepUpSlot } from "../../../shared/security/StepUpSlot.tsx";
import { Page } from "../../Page.tsx";
import { useVisitor } from "../../visitor.ts";

export function SecurityPage() {
  const { t } = useLingui();
  const { viewer } = useVisitor();
  if (!viewer || viewer.isGuest) return <Navigate to="/sign-in" search={{ next: "/security" }} replace />;
  return (
    <Page title={t`Sign-in and security`}>
      <SecuritySections />
      <StepUpSlot />
    </Page>
  );
}
