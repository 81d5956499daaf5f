import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { beforeEach, expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { company, page, row, ticket } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";
import { RecordPinDocument } from "./ticket.gen.ts";

const client = {
  __typename: "Client",
  id: "halyard",
  number: 4021,
  name: "Halyard Studio",
  cardOnFile: true,
  serviceCount: 0,
  services: [],
  locks: [],
  recentTickets: [],
  contacts: [],
};
const proved = {
  __typename: "Attestation",
  method: "PIN",
  level: "CARD",
  at: "2026-11-24T09:14:00+00:00",
  by: "Joel Achterberg",
  recordedBy: "Mara Kovač",
  address: "",
  expiresAt: null,
  scope: "ticket",
};

beforeEach(() => {
  serveDesk(() => page([row(7, 0)]));
});

test("the digits that a caller reads out are recorded, and who recorded them stands beside the proof", async () => {
  serveTicket(ticket(7, { level: "NONE", client }));
  const typed: unknown[] = [];
  server.use(
    api.mutation(RecordPinDocument, ({ variables }) => {
      typed.push(variables.pin);
      const refused = {
        __typename: "Problem",
        code: "pin_refused",
        message: "Those are not the digits.",
        field: "pin",
      };
      const raised = ticket(7, { level: "CARD", attestation: proved, client });
      return HttpResponse.json({ data: { recordPin: typed.length === 1 ? refused : raised } as never });
    }),
  );
  const { user, container } = renderDesk("/tickets/7");
  await user.click(await screen.findByRole("button", { name: "Record a proof by voice" }));
  const dialog = await screen.findByRole("dialog", { name: "Record a proof by voice" });
  const field = within(dialog).getByLabelText("Six digits that the caller reads out");
  expect(field).toHaveFocus();
  await user.type(field, "12345{Enter}");
  expect(dialog).toHaveTextContent("Type all six digits.");
  expect(typed).toEqual([]);

  await user.clear(field);
  await user.type(field, "123 456{Enter}");
  expect(await within(dialog).findByText("Those are not the digits.")).toBeInTheDocument();
  await expectNoViolations(container);
  await user.clear(field);
  await user.type(field, "048213{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(typed).toEqual(["123456", "048213"]);
  expect(screen.getByText("Mara Kovač", { selector: "dd" })).toBeInTheDocument();
});

test("there is nothing to record where no client is known, or the company has no PINs", async () => {
  serveTicket(ticket(7, { level: "NONE", client: null }));
  const { unmount } = renderDesk("/tickets/7");
  expect(await screen.findByRole("heading", { level: 1, name: /./ })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Record a proof by voice" })).not.toBeInTheDocument();
  unmount();
  serveTicket(ticket(7, { level: "NONE", client }));
  renderDesk("/tickets/7", { company: { ...company, proofMethods: ["PASSWORD"] } });
  expect(await screen.findByText(/Halyard Studio/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Record a proof by voice" })).not.toBeInTheDocument();
});
