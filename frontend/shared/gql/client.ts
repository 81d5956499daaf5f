import { Client, type Exchange, fetchExchange, mapExchange, subscriptionExchange } from "@urql/core";
import { type CacheExchangeOpts, cacheExchange } from "@urql/exchange-graphcache";
import { createClient as createSocket } from "graphql-ws";
import { connection } from "./connection.ts";
import { embedded, possibleTypes } from "./schemaFacts.ts";
import { fetchAfterStepUp } from "./stepUp.ts";
import { watchQueries } from "./watchedQueries.ts";

export type CacheRules = Pick<CacheExchangeOpts, "updates" | "optimistic" | "resolvers" | "keys">;

export interface GraphqlClient {
  client: Client;
  /** Asks again for everything on screen. */
  refetch(): void;
  /** Ends the live socket. */
  dispose(): void;
}

/** The one way to the server: normalised cache, CSRF, live updates; each area adds its own cache rules. */
export function createGraphqlClient(rules: CacheRules = {}, extra: Exchange[] = []): GraphqlClient {
  const queries = watchQueries();
  const url = new URL("/graphql", location.href);
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === "https:" ? "wss:" : "ws:";

  let connectedBefore = false;
  const socket = createSocket({
    url: socketUrl.href,
    lazyCloseTimeout: 3_000,
    keepAlive: 15_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (tries) => wait(Math.min(500 * 2 ** tries, 15_000) * (0.75 + Math.random() / 2)),
    on: {
      connected: () => {
        connection.reached();
        if (connectedBefore) queries.refetch(client);
        connectedBefore = true;
      },
      closed: (event) => {
        const wasClean = event instanceof CloseEvent && event.code === 1000;
        if (!wasClean) connection.doubt();
      },
    },
  });

  const client = new Client({
    url: url.href,
    preferGetMethod: false,
    fetch: fetchAfterStepUp,
    requestPolicy: "cache-and-network",
    exchanges: [
      queries.exchange,
      cacheExchange({
        ...rules,
        possibleTypes,
        logger: quietAboutFragments,
        keys: { ...Object.fromEntries(embedded.map((name) => [name, () => null])), ...rules.keys },
      }),
      mapExchange({
        onResult: (result) => {
          if (result.operation.kind === "subscription") return;
          if (result.error?.networkError && !result.error.response) connection.lost();
          else connection.reached();
        },
      }),
      ...extra,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => {
            let isOurs = false;
            const unsubscribe = socket.subscribe(
              {
                query: request.query ?? "",
                variables: request.variables as Record<string, unknown> | undefined,
                operationName: request.operationName,
              },
              {
                next: (value) => sink.next(value as Parameters<typeof sink.next>[0]),
                error: (error) => sink.error(error),
                complete: () => {
                  // The server ends what it tells when the session has ended: see who visits now.
                  const endedThere = !isOurs;
                  sink.complete();
                  if (endedThere) queries.refetch(client);
                },
              },
            );
            return {
              unsubscribe: () => {
                isOurs = true;
                unsubscribe();
              },
            };
          },
        }),
      }),
    ],
  });

  const unsubscribe = connection.subscribe(() => {
    if (connection.online) queries.refetch(client);
  });
  return {
    client,
    refetch: () => queries.refetch(client),
    dispose: () => {
      unsubscribe();
      void socket.dispose();
    },
  };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * While writing, the cache tries every fragment of a union on every member and then misses the fields of the others;
 * those warnings say nothing, nor does its tale of every miss. All else goes to the console of the developer.
 */
function quietAboutFragments(severity: "debug" | "error" | "warn", message: string): void {
  if (severity === "debug") return;
  if (message.startsWith("Invalid undefined") && /Fragment/.test(message)) return;
  // biome-ignore lint/suspicious/noConsole: the cache only speaks up in development.
  console[severity](message);
}
