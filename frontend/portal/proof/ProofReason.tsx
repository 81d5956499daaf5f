import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Way } from "./ways.ts";

/** What is needed for `what`, and why, in one sentence. */
export function ProofReason({ what, ways }: { what: string; ways: readonly Way[] }): ReactNode {
  const hasCard = ways.some((way) => way.method === "CARD");
  const hasPassword = ways.some((way) => way.method === "PASSWORD");
  const hasFactor = ways.some((way) => way.method === "TOTP" || way.method === "PASSKEY");
  if (hasCard && hasPassword && hasFactor) {
    return (
      <Trans>
        “{what}” needs the card’s digits, the account password or a second factor: each proves that you own the account.
      </Trans>
    );
  }
  if (hasPassword && hasFactor) {
    return (
      <Trans>“{what}” needs the account password or a second factor: either proves that you own the account.</Trans>
    );
  }
  if (hasCard && hasPassword) {
    return (
      <Trans>“{what}” needs the card’s digits or the account password: either proves that you own the account.</Trans>
    );
  }
  if (hasPassword) return <Trans>“{what}” needs the account password: it proves that you own the account.</Trans>;
  if (hasCard) return <Trans>“{what}” needs the card’s digits: they prove that you own the account.</Trans>;
  return <Trans>“{what}” needs proof that the account is yours.</Trans>;
}
