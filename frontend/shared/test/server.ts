import { graphql } from "msw/graphql";
import { HttpResponse } from "msw/http";
import { setupServer } from "msw/node";

const link = graphql.link("http://anchor.localhost/graphql");

/**
 * The stand-in for the server, at the border only; a request that no test expects fails that test. What is written is
 * looked at for leaks at each pause: nothing is found, unless a test says otherwise.
 */
export const server = setupServer(link.query("FindLeaks", () => HttpResponse.json({ data: { findLeaks: [] } })));

/** `api.query(Document, resolver)`, `api.mutation(...)`, `api.subscription(...)`: handlers for `server.use`. */
export const api = link;
