import { screen, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { beforeEach, expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { mara, message, page, row, ticket, timeline } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";
import { DeskReplyDocument, SendWaitingReplyDocument, TakeBackReplyDocument } from "./ticket.gen.ts";

const waiting = (changes: object = {}) => ({
  __typename: "WaitingReply",
  id: "w1",
  body: "It is fixed.",
  waitSeconds: 10,
  stopped: null,
  stoppedWords: null,
  mine: true,
  author: mara,
  ...changes,
});
const box = () => screen.findByRole("textbox", { name: "Reply" }, { timeout: 5_000 });

beforeEach(() => {
  serveDesk(() => page([row(7, 0), row(8, 10)]));
  serveTicket(ticket(7));
});

function serveUndo() {
  const taken: unknown[] = [];
  server.use(
    api.mutation(DeskReplyDocument, () =>
      HttpResponse.json({
        data: {
          reply: {
            __typename: "SendReplySuccess",
            waiting: waiting(),
            ticket: ticket(7, { repliesWaiting: [waiting()] }),
          },
        } as never,
      }),
    ),
    api.mutation(TakeBackReplyDocument, ({ variables }) => {
      taken.push(variables);
      return HttpResponse.json({
        data: {
          takeBackReply: {
            __typename: "ReplyTakenBack",
            draft: {
              __typename: "DraftReply",
              body: "It is fixed.",
              status: "resolved",
              secrets: [{ __typename: "DraftSecret", label: "FTP", value: "Hunter-2" }],
              files: [{ __typename: "DraftFile", id: "f1", name: "shot.png", size: 2048 }],
            },
            ticket: ticket(7),
          },
        } as never,
      });
    }),
  );
  return taken;
}

test("an answer waits where it will stand, and a key brings it back whole: text, secret and way to send", async () => {
  const taken = serveUndo();
  const { user } = renderDesk("/tickets/7");
  await user.type(await box(), "It is fixed.{Control>}{Enter}{/Control}");
  expect(await screen.findByText(/leaves in \d+ s/)).toBeInTheDocument();
  expect(screen.getByText(/Your answer on #7 leaves soon/)).toBeInTheDocument();
  await expectNoViolations();
  await user.keyboard("{Shift>}U{/Shift}");
  await waitFor(() => expect(taken).toEqual([{ id: "w1" }]));
  await waitFor(async () => expect(await box()).toHaveValue("It is fixed."));
  expect(screen.getByText("FTP")).toBeInTheDocument();
  expect(await screen.findByText(/shot\.png/)).toBeInTheDocument();
  expect(screen.queryByText(/leaves in/)).not.toBeInTheDocument();
  expect(screen.queryByText(/leaves soon/)).not.toBeInTheDocument();
});

test("an answer that the client overtook says so, and its author sends it anyway", async () => {
  const stopped = { stopped: "client_wrote", stoppedWords: "The client wrote before it left." };
  serveTicket(ticket(7, { repliesWaiting: [waiting(stopped)] }));
  const sent: unknown[] = [];
  server.use(
    api.mutation(SendWaitingReplyDocument, ({ variables }) => {
      sent.push(variables);
      return HttpResponse.json({
        data: {
          sendWaitingReply: ticket(7, { timeline: timeline(message("m2", "It is fixed.", { author: mara })) }),
        } as never,
      });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  expect(await screen.findByText("The client wrote before it left.")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Answer anyway" }));
  await waitFor(() => expect(sent).toEqual([{ id: "w1" }]));
  await waitFor(() => expect(screen.queryByText("The client wrote before it left.")).not.toBeInTheDocument());
});

test("who has not seen the client's last message is asked before anything is sent", async () => {
  const given: unknown[] = [];
  server.use(
    api.mutation(DeskReplyDocument, ({ variables }) => {
      given.push([variables.seenId, variables.answerAnyway]);
      const reply = variables.answerAnyway
        ? { __typename: "SendReplySuccess", waiting: null, ticket: ticket(7) }
        : {
            __typename: "Problem",
            code: "client_wrote",
            message: "The client wrote while you were writing.",
            field: "seenId",
          };
      return HttpResponse.json({ data: { reply } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await user.type(await box(), "It is fixed.");
  await user.click(screen.getByRole("button", { name: "Send and solve" }));
  expect(await screen.findByText("The client wrote while you were writing.")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Answer anyway" }));
  await waitFor(() =>
    expect(given).toEqual([
      ["m1", false],
      ["m1", true],
    ]),
  );
  await waitFor(async () => expect(await box()).toHaveValue(""));
});
