import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../../shared/test/axe.ts";
import { api, server } from "../../../../shared/test/server.ts";
import { message, page, person, row, statuses, support, ticket, timeline } from "../../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../../test/renderDesk.tsx";
import { DeskSearchDocument } from "../../search/search.gen.ts";
import {
  MergePreviewDocument,
  MergeTicketsDocument,
  SplitPlacesDocument,
  SplitTicketDocument,
  UndoMergeDocument,
  UndoSplitDocument,
} from "./moves.gen.ts";

const QUEUE = "/tickets/1001";
const two = timeline(message("m1", "Our site is down."), message("m2", "And the invoice of May?\nIt is too high."));

function places() {
  server.use(
    api.query(SplitPlacesDocument, () =>
      HttpResponse.json({
        data: { departments: [{ ...support, archivedAt: null, kinds: [] }] } as never,
      }),
    ),
  );
}

test("messages are chosen by keyboard and go into a ticket of their own, and the toast takes it back", async () => {
  serveDesk(() => page([row(1001)]));
  serveTicket(ticket(1001, { timeline: two }));
  places();
  const asked: unknown[] = [];
  server.use(
    api.mutation(SplitTicketDocument, ({ variables }) => {
      asked.push(variables.input);
      return HttpResponse.json({
        data: {
          splitTicket: {
            __typename: "SplitTicketSuccess",
            ticket: ticket(1001),
            splitOff: row(1002, 0, { subject: "Invoice" }),
          },
        } as never,
      });
    }),
    api.mutation(UndoSplitDocument, ({ variables }) => {
      asked.push(variables);
      return HttpResponse.json({
        data: {
          undoSplit: { __typename: "UndoSuccess", ticket: ticket(1002), other: ticket(1001, { timeline: two }) },
        } as never,
      });
    }),
  );
  const { user, container } = renderDesk(QUEUE);
  await screen.findByText("Our site is down.");
  await user.keyboard("x");
  const boxes = await screen.findAllByRole("checkbox", { name: "Choose the message by Joel Achterberg" });
  await waitFor(() => expect(boxes[1]).toHaveFocus());
  await user.keyboard(" ");
  expect(screen.getByText("One message goes into a ticket of its own")).toBeInTheDocument();
  await user.keyboard("{ArrowUp}");
  expect(boxes[0]).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(screen.getByLabelText("Subject")).toHaveFocus();
  expect(screen.getByLabelText("Subject")).toHaveValue("And the invoice of May?");
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Split off" }));
  await screen.findByText("#1002 was split off");
  expect(asked[0]).toEqual({
    number: 1001,
    messageIds: ["m2"],
    departmentId: "support",
    subject: "And the invoice of May?",
    kindId: null,
  });
  expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await screen.findByText("#1002 is back in #1001");
  expect(asked[1]).toEqual({ number: 1002 });
});

test("a split that is refused says why and keeps the choice", async () => {
  serveDesk(() => page([row(1001)]));
  serveTicket(ticket(1001, { timeline: two }));
  places();
  server.use(
    api.mutation(SplitTicketDocument, () =>
      HttpResponse.json({
        data: {
          splitTicket: {
            __typename: "Problem",
            code: "split_takes_all",
            message: "At least one message stays.",
            field: "messageIds",
          },
        } as never,
      }),
    ),
  );
  const { user } = renderDesk(QUEUE);
  await screen.findByText("Our site is down.");
  await user.keyboard("x");
  for (const box of await screen.findAllByRole("checkbox")) await user.click(box);
  await user.click(screen.getByRole("button", { name: "Split off" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("At least one message stays.");
  expect(screen.getAllByRole("checkbox")[0]).toBeChecked();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("checkbox")).not.toBeInTheDocument());
});

test("a merge shows the other ticket first, either way round, and the history takes it back", async () => {
  serveDesk(() => page([row(1001)]));
  serveTicket(ticket(1001, { timeline: two }));
  const asked: unknown[] = [];
  const merged = ticket(1001, {
    status: { ...statuses.solved, meaning: "CLOSED", name: "Closed" },
    goesOnIn: { __typename: "Ticket", id: "t1007", number: 1007, subject: "Mail again" },
    timeline: timeline({
      __typename: "HistoryEntry",
      id: "h1",
      at: "2026-11-24T10:00:00+00:00",
      type: "TicketsMerged",
      sentence: "Goes on in #1007",
      otherNumber: 1007,
      undo: { __typename: "Undo", kind: "MERGE", number: 1001 },
      by: null,
    }),
  });
  server.use(
    api.query(DeskSearchDocument, () => HttpResponse.json({ data: { search: page([row(1007)]) } as never })),
    api.query(MergePreviewDocument, () =>
      HttpResponse.json({
        data: {
          ticket: {
            __typename: "Ticket",
            id: "t1007",
            number: 1007,
            subject: "Mail again",
            openedAt: "2026-11-24T10:00:00+00:00",
            department: support,
            status: statuses.open,
            requester: person("joel", "Joel Achterberg"),
            timeline: timeline(message("m9", "Still no mail.")),
          },
        } as never,
      }),
    ),
    api.mutation(MergeTicketsDocument, ({ variables }) => {
      asked.push(variables);
      return HttpResponse.json({
        data: {
          mergeTickets: {
            __typename: "MergeTicketsSuccess",
            source: merged,
            target: ticket(1007, { subject: "Mail again" }),
          },
        } as never,
      });
    }),
    api.mutation(UndoMergeDocument, ({ variables }) => {
      asked.push(variables);
      return HttpResponse.json({
        data: {
          undoMerge: { __typename: "Problem", code: "undo_merge_first", message: "First undo that.", field: "number" },
        } as never,
      });
    }),
  );
  const { user, baseElement } = renderDesk(QUEUE);
  await screen.findByText("Our site is down.");
  await user.keyboard("m");
  await user.type(await screen.findByRole("searchbox", { name: "Merge with" }), "1007");
  await user.click(await screen.findByRole("menuitem", { name: /#1007/ }));
  expect(await screen.findByText("Still no mail.")).toBeInTheDocument();
  await expectNoViolations(baseElement);
  await user.click(screen.getByRole("button", { name: "The other way round" }));
  expect(screen.getByRole("button", { name: "Merge into #1001" })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "The other way round" }));
  await user.click(screen.getByRole("button", { name: "Merge into #1007" }));
  await screen.findByText("#1001 goes on in #1007");
  expect(asked[0]).toEqual({ source: 1001, target: 1007 });
  expect(await screen.findByRole("link", { name: "#1007 Mail again" })).toBeInTheDocument();
  expect(screen.queryByLabelText("Your reply")).not.toBeInTheDocument();
  const history = within(screen.getByRole("log"));
  expect(history.getByRole("link", { name: "#1007" })).toBeInTheDocument();
  await user.click(history.getByRole("button", { name: "Undo" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("First undo that.");
});
