import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { beforeEach, expect, test } from "vitest";
import { api, server } from "../../../shared/test/server.ts";
import { page, row, ticket } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";
import { DeskSearchDocument } from "./search.gen.ts";

beforeEach(() => {
  serveDesk(() => page([]));
  serveTicket(ticket(7));
  server.use(
    api.query(DeskSearchDocument, ({ variables }) => {
      const hits = variables.query.includes("7") ? [row(7), row(70)] : [row(70)];
      return HttpResponse.json({ data: { search: page(hits) } as never });
    }),
  );
});

const box = () => screen.findByRole("searchbox", { name: "Search tickets" });

test.each(["7", "#7", "[[#7]"])("Enter after a number goes straight to its ticket: %s", async (typed) => {
  const { user, address } = renderDesk("/search");
  await user.type(await box(), `${typed}{Enter}`);
  await waitFor(() => expect(address()).toMatch(/ticket=7$/));
});

test("an address that brings a number opens its ticket; words open none", async () => {
  const { address } = renderDesk("/search?q=%237");
  await waitFor(() => expect(address()).toMatch(/ticket=7$/));
});

test("words and Enter stay with the results", async () => {
  const { user, address } = renderDesk("/search");
  await user.type(await box(), "slow{Enter}");
  expect(await screen.findByText("Subject 70")).toBeInTheDocument();
  expect(address()).not.toContain("ticket=");
});
