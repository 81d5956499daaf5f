import { graphql } from "msw/graphql";
import { setupServer } from "msw/node";

/** The stand-in for the server, at the border only; a request that no test expects fails that test. */
export const server = setupServer();

/** `api.query(Document, resolver)`, `api.mutation(...)`, `api.subscription(...)`: handlers for `server.use`. */
export const api = graphql.link("http://anchor.localhost/graphql");
