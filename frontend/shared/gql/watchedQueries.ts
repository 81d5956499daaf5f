import { type Client, type Exchange, makeOperation, type Operation } from "@urql/core";
import { pipe, tap } from "wonka";

export interface WatchedQueries {
  exchange: Exchange;
  /** Asks the server again for every query that a mounted component shows. */
  refetch(client: Client): void;
}

/** Remembers the queries on screen, so that a reconnect can fetch what was missed while the socket was down. */
export function watchQueries(): WatchedQueries {
  const watched = new Map<number, Operation>();
  return {
    exchange:
      ({ forward }) =>
      (operations) =>
        forward(
          pipe(
            operations,
            tap((operation) => {
              if (operation.kind === "query") watched.set(operation.key, operation);
              else if (operation.kind === "teardown") watched.delete(operation.key);
            }),
          ),
        ),
    refetch(client) {
      for (const operation of watched.values()) {
        const context = { ...operation.context, requestPolicy: "network-only" as const };
        client.reexecuteOperation(makeOperation("query", operation, context));
      }
    },
  };
}
