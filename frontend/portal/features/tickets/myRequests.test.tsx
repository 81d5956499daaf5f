import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { ticket } from "../../test/fixtures.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import { MyRequestsDocument } from "./myRequests.gen.ts";

const all = [1042, 1038, 1031].map((number) =>
  ticket([], { id: `t${number}`, number, subject: number === 1038 ? "New picture" : `Request about ${number}` }),
);

/** Answers pages of two, and a search by a word of the subject. */
function serve(visitor: string | null = "ann") {
  server.use(
    api.query(MyRequestsDocument, ({ variables }) => {
      const words = variables.query?.toLowerCase();
      const found = all.filter((each) => !words || each.subject.toLowerCase().includes(words));
      const start = variables.after ? Number(variables.after) : 0;
      const edges = found.slice(start, start + 2).map((node) => ({ __typename: "TicketEdge", cursor: node.id, node }));
      const hasNextPage = found.length > start + 2;
      const pageInfo = { __typename: "PageInfo", hasNextPage, endCursor: String(start + 2) };
      const viewer = visitor && { __typename: "Viewer", id: visitor };
      const myTickets = { __typename: "TicketConnection", edges, pageInfo };
      return HttpResponse.json({ data: { viewer, myTickets } as never });
    }),
  );
}

test("the search is in the address, so that it can be kept and gone back from", async () => {
  serve();
  const { user, router } = renderPortal("/tickets");
  expect(await screen.findByText("Request about 1042")).toBeInTheDocument();
  await user.type(screen.getByLabelText("Search your requests"), "picture");
  await waitFor(() => expect(router.state.location.search).toEqual({ q: "picture" }));
  expect(await screen.findByText("New picture")).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByText("Request about 1042")).not.toBeInTheDocument());
});

test("older requests are a page away, and there is a way back", async () => {
  serve();
  const { user } = renderPortal("/tickets");
  await user.click(await screen.findByRole("link", { name: "Older" }));
  expect(await screen.findByText("Request about 1031")).toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: "Newest" }));
  expect(await screen.findByText("Request about 1042")).toBeInTheDocument();
});

test("a search without a hit says what to try, and axe finds nothing", async () => {
  serve();
  renderPortal("/tickets?q=nothing");
  expect(await screen.findByText("No request has these words")).toBeInTheDocument();
  await expectNoViolations();
});

test("a session that ended is said, and signing in leads back; nothing is claimed about requests", async () => {
  serve(null);
  const { router } = renderPortal("/tickets?q=picture", { hasEnded: true });
  expect(await screen.findByText(/You are signed out/)).toBeInTheDocument();
  expect(router.state.location.pathname).toBe("/sign-in");
  expect(router.state.location.search).toEqual({ next: "/tickets?q=picture" });
  expect(screen.queryByText("Ann Poole")).not.toBeInTheDocument();
  await expectNoViolations();
});

test("a guest is asked to sign in and comes back to the very search", async () => {
  const { router } = renderPortal("/tickets?q=picture", { viewer: null });
  await screen.findByRole("heading", { name: "Sign in" });
  expect(router.state.location.search).toEqual({ next: "/tickets?q=picture" });
});

test("Enter after a number goes straight to that request, and each row shows how far it is", async () => {
  server.use(
    api.query(MyRequestsDocument, ({ variables }) => {
      const found = all.filter(({ number }) => !variables.query || variables.query.includes(String(number)));
      const edges = found.map((node) => ({ __typename: "TicketEdge", cursor: node.id, node }));
      const pageInfo = { __typename: "PageInfo", hasNextPage: false, endCursor: null };
      const myTickets = { __typename: "TicketConnection", edges, pageInfo };
      return HttpResponse.json({ data: { viewer: { __typename: "Viewer", id: "ann" }, myTickets } as never });
    }),
  );
  const { user, router } = renderPortal("/tickets");
  expect(await screen.findAllByRole("img", { name: "Being looked at: step 2 of 5" })).toHaveLength(3);
  await user.type(screen.getByLabelText("Search your requests"), "[[#1038]{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/tickets/1038"));
});
