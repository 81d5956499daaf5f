import { useLingui } from "@lingui/react/macro";
import type { Entry } from "../enter.ts";

type Failed = Exclude<Entry, { kind: "signed_in" } | { kind: "second_step" }>;

/** Why a way in did not lead in, in words. */
export function useEntryWords(): (entry: Failed) => string {
  const { t } = useLingui();
  return (entry) => {
    switch (entry.kind) {
      case "refused":
        return entry.code === "sign_in_refused"
          ? t`This address and password do not go together. Check both and try again.`
          : entry.message;
      case "too_many_tries":
        return t`Too many tries. Wait a few minutes, then try again.`;
      case "offline":
        return t`No connection. Nothing was sent; try again when you are back online.`;
      case "surprise":
        return [t`Something went wrong on our side. Try again in a moment.`, entry.errorId].filter(Boolean).join(" ");
    }
  };
}
