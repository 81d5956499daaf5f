import { screen } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test, vi } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { renderWithServer } from "../../../shared/test/render.tsx";
import { api, server } from "../../../shared/test/server.ts";
import { BesideTicket } from "./BesideTicket.tsx";
import { AddHeldMailDocument, BesideTicketDocument, RemoveCopyDocument } from "./held.gen.ts";

const held = {
  __typename: "HeldMail",
  id: "h1",
  at: "2026-11-24T08:00:00Z",
  email: "stranger@else.example",
  name: "A Stranger",
  subject: "About that",
  body: "It is mine.",
  level: "NONE",
};
const copy = {
  __typename: "Copy",
  id: "c1",
  email: "boss@client.example",
  name: "Boss",
  since: "2026-11-24T08:00:00Z",
};

test("A held mail stands beside the ticket and is added by one click; a copy can be taken away", async () => {
  let ticket = { __typename: "Ticket", id: "t1", number: 1042, heldMails: [held], copies: [copy] };
  const asked: unknown[] = [];
  server.use(
    api.query(BesideTicketDocument, () => HttpResponse.json({ data: { ticket } as never })),
    api.mutation(AddHeldMailDocument, ({ variables }) => {
      asked.push(variables);
      ticket = { ...ticket, heldMails: [] };
      return HttpResponse.json({ data: { addHeldMail: ticket } as never });
    }),
    api.mutation(RemoveCopyDocument, ({ variables }) => {
      asked.push(variables);
      ticket = { ...ticket, copies: [] };
      return HttpResponse.json({ data: { removeCopy: ticket } as never });
    }),
  );
  const tell = vi.fn();
  const { user, container } = renderWithServer(<BesideTicket number={1042} happened={1} onOutcome={tell} />);
  expect(await screen.findByText("It is mine.")).toBeInTheDocument();
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Add to the ticket" }));
  await vi.waitFor(() => expect(screen.queryByText("It is mine.")).not.toBeInTheDocument());
  await user.click(screen.getByRole("button", { name: "No more copies to boss@client.example" }));
  await vi.waitFor(() => expect(screen.queryByText("boss@client.example")).not.toBeInTheDocument());
  expect(asked).toEqual([{ id: "h1" }, { id: "c1" }]);
});
