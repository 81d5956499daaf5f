import { useLingui } from "@lingui/react/macro";
import type { Outcome } from "../gql/problem.ts";

/** What went wrong with a change, in words; undefined when nothing did. */
export function useWordsOf(): (outcome: Outcome<{ __typename: string }>) => string | undefined {
  const { t } = useLingui();
  return (outcome) => {
    if (outcome.kind === "done") return undefined;
    if (outcome.kind === "refused") return outcome.problem.message;
    if (outcome.failure.kind === "offline")
      return t`No connection. Nothing was changed; try again when you are back online.`;
    return [t`Something went wrong on our side. Try again in a moment.`, outcome.failure.errorId]
      .filter(Boolean)
      .join(" ");
  };
}
