import { fetchWithCsrf } from "../gql/csrf.ts";
import type { Failure, Problem } from "../gql/problem.ts";
import type { LeakType } from "../gql/schema.gen.ts";

/**
 * What passes here must be kept nowhere: not by the cache of the GraphQL client, which keeps arguments and answers, nor by
 * the browser. So these three operations go past both.
 */
async function askUncached<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
  const answer = await fetchWithCsrf("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    cache: "no-store",
  });
  const { data, errors } = (await answer.json()) as { data?: Data; errors?: { extensions?: { errorId?: string } }[] };
  if (!data || errors?.length) throw new Surprise(errors?.[0]?.extensions?.errorId ?? null);
  return data;
}

class Surprise extends Error {
  readonly errorId: string | null;

  constructor(errorId: string | null) {
    super("The server met a surprise.");
    this.errorId = errorId;
  }
}

export type Uncached<T> =
  | { kind: "done"; value: T }
  | { kind: "refused"; problem: Problem }
  | { kind: "failed"; failure: Failure };

async function outcomeOf<T>(asked: Promise<T | Problem>): Promise<Uncached<T>> {
  try {
    const value = await asked;
    if (typeof value === "object" && value !== null && "code" in value) return { kind: "refused", problem: value };
    return { kind: "done", value: value as T };
  } catch (error) {
    if (error instanceof Surprise) return { kind: "failed", failure: { kind: "surprise", errorId: error.errorId } };
    return { kind: "failed", failure: { kind: "offline" } };
  }
}

export interface Leak {
  kind: LeakType;
  /** Offsets in code points, not in UTF-16 units. */
  start: number;
  end: number;
}

/** What in the text looks like a secret; none where the server cannot be asked, since it looks again on sending. */
export async function findLeaks(text: string): Promise<readonly Leak[]> {
  const query = "query FindLeaks($text: String!) { findLeaks(text: $text) { kind start end } }";
  try {
    return (await askUncached<{ findLeaks: Leak[] }>(query, { text })).findLeaks;
  } catch {
    return [];
  }
}

export interface Shown {
  value: string;
  hideAfter: number;
}

/** Opens a secret; both sides see that it was opened. */
export function showSecret(id: string): Promise<Uncached<Shown>> {
  const query =
    "mutation ShowSecret($id: ID!) { showSecret(id: $id) { __typename ... on ShownSecret { value hideAfter } ... on Problem { code message field } } }";
  return outcomeOf(askUncached<{ showSecret: Shown | Problem }>(query, { id }).then((data) => data.showSecret));
}

/** Sends a secret that was asked for. */
export function sendSecret(id: string, value: string): Promise<Uncached<{ followUp: boolean }>> {
  const query =
    "mutation SendSecret($id: ID!, $value: String!) { sendSecret(id: $id, value: $value) { __typename ... on ReplySuccess { followUp } ... on Problem { code message field } } }";
  return outcomeOf(
    askUncached<{ sendSecret: { followUp: boolean } | Problem }>(query, { id, value }).then((data) => data.sendSecret),
  );
}
