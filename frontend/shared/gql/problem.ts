import type { CombinedError, OperationResult } from "@urql/core";

/** An expected refusal, as the API words it. */
export interface Problem {
  __typename: "Problem";
  code: string;
  message: string;
  field: string | null;
}

/** What went wrong when nothing was refused: no way to the server, or a surprise there (with the id its log has). */
export type Failure = { kind: "offline" } | { kind: "surprise"; errorId: string | null };

export type Outcome<T> =
  | { kind: "done"; value: Exclude<T, Problem> }
  | { kind: "refused"; problem: Problem }
  | { kind: "failed"; failure: Failure };

export function isProblem(value: { __typename: string }): value is Problem {
  return value.__typename === "Problem";
}

export function toFailure(error: CombinedError | undefined): Failure {
  if (error?.networkError && !error.response) return { kind: "offline" };
  const errorId = error?.graphQLErrors.map((each) => each.extensions["errorId"]).find((id) => typeof id === "string");
  return { kind: "surprise", errorId: errorId ?? null };
}

/**
 * Sorts the answer to a mutation into done, refused and failed.
 * `pick` takes the mutation's one field out of the data.
 */
export function toOutcome<Data, T extends { __typename: string }>(
  result: OperationResult<Data>,
  pick: (data: Data) => T,
): Outcome<T> {
  if (result.error || !result.data) return { kind: "failed", failure: toFailure(result.error) };
  const value = pick(result.data);
  if (isProblem(value)) return { kind: "refused", problem: value };
  return { kind: "done", value: value as Exclude<T, Problem> };
}
