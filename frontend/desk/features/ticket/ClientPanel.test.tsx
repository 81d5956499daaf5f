import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { page, row, ticket } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";

const client = {
  __typename: "Client",
  id: "c1",
  number: 4001,
  name: "Achterberg Tools",
  cardOnFile: true,
  serviceCount: 2,
  services: ["achterberg.example", "tools.example"].map((name) => ({
    __typename: "Service",
    id: name,
    name,
    plan: "Business",
    server: "web12",
  })),
  locks: [],
  recentTickets: [],
};
const panel = async () => within(await screen.findByRole("complementary", { name: "Client" }));

beforeEach(() => serveDesk(() => page([row(7, 0)])));

test("shows what the client has, and what the one who asks may do for it", async () => {
  serveTicket(ticket(7, { client, requesterRole: "MAY_APPROVE" }));
  renderDesk("/tickets/7");
  expect(await (await panel()).findByText("tools.example")).toBeInTheDocument();
  expect((await panel()).getByText("May approve")).toBeInTheDocument();
  expect((await panel()).queryByText(/more$/)).not.toBeInTheDocument();
});

test("says how many services are not shown", async () => {
  serveTicket(ticket(7, { client: { ...client, serviceCount: 47 } }));
  renderDesk("/tickets/7");
  expect(await (await panel()).findByText("and 45 more")).toBeInTheDocument();
});
