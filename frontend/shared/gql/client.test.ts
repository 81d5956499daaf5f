import { HttpResponse, http } from "msw/http";
import { afterEach, expect, test } from "vitest";
import { LinkPurposeDocument, UseLinkDocument } from "../../portal/features/links/link.gen.ts";
import { api, server } from "../test/server.ts";
import { createGraphqlClient, type GraphqlClient } from "./client.ts";
import { connection } from "./connection.ts";
import { toOutcome } from "./problem.ts";

let current: GraphqlClient | undefined;
function start(): GraphqlClient {
  current = createGraphqlClient();
  return current;
}
afterEach(() => {
  current?.dispose();
  connection.reached();
});

const purpose = {
  __typename: "LinkPurpose",
  purpose: "lift_lock",
  expired: false,
  used: false,
  method: "CARD",
  ticketNumber: null,
};
const spend = (client: GraphqlClient["client"]) => client.mutation(UseLinkDocument, { token: "t" }).toPromise();

test("every operation is a POST that carries the token of the cookie", async () => {
  let request: Request | undefined;
  server.use(
    api.query(LinkPurposeDocument, (info) => {
      request = info.request;
      return HttpResponse.json({ data: { linkPurpose: purpose } as never });
    }),
  );
  await start().client.query(LinkPurposeDocument, { token: "t" }).toPromise();
  expect(request?.method).toBe("POST");
  expect(request?.headers.get("x-csrftoken")).toBe("test-token");
});

test("without a cookie the token is fetched first", async () => {
  // biome-ignore lint/suspicious/noDocumentCookie: the way the browser itself would take it away.
  document.cookie = "countersign_csrf=; path=/; max-age=0";
  let token: string | null = null;
  server.use(
    http.get("/health/live", () => {
      // biome-ignore lint/suspicious/noDocumentCookie: jsdom takes no cookie from an intercepted answer.
      document.cookie = "countersign_csrf=fresh; path=/";
      return new HttpResponse("ok");
    }),
    api.query(LinkPurposeDocument, ({ request }) => {
      token = request.headers.get("x-csrftoken");
      return HttpResponse.json({ data: { linkPurpose: purpose } as never });
    }),
  );
  await start().client.query(LinkPurposeDocument, { token: "t" }).toPromise();
  expect(token).toBe("fresh");
});

test("an answer is sorted into done, refused and failed", async () => {
  const { client } = start();
  const answers = [
    { data: { useLink: { __typename: "Done", ok: true } } },
    { data: { useLink: { __typename: "Problem", code: "link_expired", message: "Too late.", field: "token" } } },
    { errors: [{ message: "Something went wrong.", extensions: { errorId: "e-1" } }] },
  ];
  server.use(api.mutation(UseLinkDocument, () => HttpResponse.json(answers.shift() as never)));
  const outcomes = [];
  for (let turn = 0; turn < 3; turn += 1) outcomes.push(toOutcome(await spend(client), (data) => data.useLink));
  expect(outcomes).toEqual([
    { kind: "done", value: { __typename: "Done", ok: true } },
    { kind: "refused", problem: { __typename: "Problem", code: "link_expired", message: "Too late.", field: "token" } },
    { kind: "failed", failure: { kind: "surprise", errorId: "e-1" } },
  ]);
});

test("a request that does not get through says so, and the page knows that it is offline until one does", async () => {
  const { client } = start();
  server.use(api.mutation(UseLinkDocument, () => HttpResponse.error()));
  const outcome = toOutcome(await spend(client), (data) => data.useLink);
  expect(outcome).toEqual({ kind: "failed", failure: { kind: "offline" } });
  expect(connection.online).toBe(false);
  server.use(
    api.mutation(UseLinkDocument, () =>
      HttpResponse.json({ data: { useLink: { __typename: "Done", ok: true } } as never }),
    ),
  );
  await spend(client);
  expect(connection.online).toBe(true);
});

test("when the connection is back, what is on screen is asked for again", async () => {
  const { client } = start();
  let asked = 0;
  server.use(
    api.query(LinkPurposeDocument, () => {
      asked += 1;
      return HttpResponse.json({ data: { linkPurpose: { ...purpose, expired: asked > 1 } } as never });
    }),
  );
  const seen: (boolean | undefined)[] = [];
  const { unsubscribe } = client.query(LinkPurposeDocument, { token: "t" }).subscribe((result) => {
    seen.push(result.data?.linkPurpose?.expired);
  });
  await expect.poll(() => seen).toEqual([false]);
  connection.lost();
  connection.reached();
  await expect.poll(() => seen.at(-1)).toBe(true);
  unsubscribe();
  connection.lost();
  connection.reached();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked).toBe(2);
});
