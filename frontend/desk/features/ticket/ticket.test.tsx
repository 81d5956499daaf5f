import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { beforeEach, expect, test, vi } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { dana, mara, message, page, row, statuses, ticket, timeline } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";
import {
  AssignDocument,
  DeskAddNoteDocument,
  DeskReplyDocument,
  type DeskReplyMutationVariables,
  DeskTicketChangedDocument,
  SetStatusDocument,
  TransferDocument,
} from "./ticket.gen.ts";

const problem = (text: string, field: string | null = null) => ({
  __typename: "Problem",
  code: "refused",
  message: text,
  field,
});
const answer = message("m2", "It is fixed.", { author: mara, channel: "DESK" });
const box = () => screen.findByRole("textbox", { name: "Reply" });

beforeEach(() => {
  serveDesk(() => page([row(7, 0), row(8, 10)]));
  serveTicket(ticket(7));
});

/** A server that takes replies; what it took is recorded. */
function takeReplies(result: () => object = () => sent([message("m1", "Our site is down."), answer])) {
  const taken: DeskReplyMutationVariables[] = [];
  server.use(
    api.mutation(DeskReplyDocument, ({ variables }) => {
      taken.push(variables);
      return HttpResponse.json({ data: { reply: result() } as never });
    }),
  );
  return taken;
}

function sent(messages: object[], changes: object = {}) {
  return {
    __typename: "SendReplySuccess",
    waiting: null,
    ticket: ticket(7, { timeline: timeline(...messages), ...changes }),
  };
}

test("shows who asks, what was proved and the whole conversation, and breaks no rule of accessibility", async () => {
  const note = message("n1", "Known problem P-118.", { kind: "NOTE", author: dana });
  const history = {
    __typename: "HistoryEntry",
    id: "h1",
    at: "2026-11-24T10:05:00+00:00",
    type: "TicketTransferred",
    sentence: "Moved from Billing to Support",
    otherNumber: null,
    undo: null,
    by: null,
  };
  const attestation = {
    __typename: "Attestation",
    method: "PASSWORD",
    level: "PASSWORD",
    at: "2026-11-24T09:14:00+00:00",
    by: "Joel Achterberg",
    recordedBy: null,
    address: "198.51.100.7",
    expiresAt: null,
    scope: "ticket",
  };
  const open = ticket(7, {
    level: "PASSWORD",
    attestation,
    timeline: timeline(message("m1", "Our site is down.", { level: "PASSWORD", attestation }), note, history),
    timers: [{ __typename: "Timer", id: "x", action: "remind", dueAt: "2026-11-25T09:00:00+00:00" }],
  });
  serveTicket(open);
  const { container } = renderDesk("/tickets/7");
  const conversation = within(await screen.findByRole("log", { name: "Conversation" }));
  expect(conversation.getByText("Our site is down.")).toBeInTheDocument();
  expect(conversation.getByRole("article", { name: "Note by Dana Whitaker" })).toHaveTextContent("only staff");
  expect(conversation.getByText("Moved from Billing to Support")).toBeInTheDocument();
  expect(conversation.getByRole("img", { name: /Account password proved/ })).toBeInTheDocument();
  expect(screen.getByText(/^reminds/)).toBeInTheDocument();
  expect(
    within(screen.getByRole("complementary", { name: "Client" })).getByText(/198\.51\.100\.7/),
  ).toBeInTheDocument();
  await expectNoViolations(container);
});

test("warns when less was proved than the request needs", async () => {
  serveTicket(ticket(7, { level: "EMAIL", requiredLevel: "PASSWORD" }));
  renderDesk("/tickets/7");
  expect(await screen.findByText(/This needs the account password/)).toHaveTextContent("Sender of the e-mail verified");
});

test("a reply goes with the status of its button, shows at once, and empties the box when it is sent", async () => {
  const taken = takeReplies(() => sent([message("m1", "Our site is down."), answer], { status: statuses.asked }));
  const { user } = renderDesk("/tickets/7");
  await user.type(await box(), "It is fixed.");
  await user.click(screen.getByRole("button", { name: "Send and ask" }));
  expect(await screen.findByText("It is fixed.", { selector: "p" })).toBeInTheDocument();
  await waitFor(async () => expect(await box()).toHaveValue(""));
  expect(taken).toMatchObject([{ number: 7, body: "It is fixed.", status: "awaiting_you" }]);
  expect(screen.getByRole("button", { name: "Awaiting you" })).toBeInTheDocument();
});

test("a reply that arrives live before the server has answered stands there once", async () => {
  let publish: ((change: object) => void) | undefined;
  let respond: (() => void) | undefined;
  const open = ticket(7, { timeline: timeline(message("m1", "Our site is down."), answer) });
  server.use(
    api.subscription(DeskTicketChangedDocument, ({ subscription }) => {
      publish = (ticketChanged) => subscription.publish({ data: { ticketChanged } as never });
    }),
    api.mutation(DeskReplyDocument, async () => {
      await new Promise<void>((resolve) => {
        respond = resolve;
      });
      return HttpResponse.json({ data: { reply: sent([message("m1", "Our site is down."), answer]) } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await user.type(await box(), "It is fixed.");
  await user.click(screen.getByRole("button", { name: "Send and ask" }));
  expect(await screen.findByText("sending")).toBeInTheDocument();
  await waitFor(() => expect(respond).toBeDefined());
  publish?.({ __typename: "TicketChange", number: 7, type: "MessageAdded", ticket: open });
  await waitFor(() => expect(screen.queryByText("sending")).not.toBeInTheDocument());
  expect(screen.getAllByText("It is fixed.", { selector: "p" })).toHaveLength(1);
  respond?.();
  await waitFor(async () => expect(await box()).toHaveValue(""));
  expect(screen.getAllByText("It is fixed.", { selector: "p" })).toHaveLength(1);
});

test("control and Enter send in the usual way: solved", async () => {
  const taken = takeReplies();
  const { user } = renderDesk("/tickets/7");
  await user.type(await box(), "It is fixed.{Control>}{Enter}{/Control}");
  await waitFor(() => expect(taken).toMatchObject([{ status: "resolved" }]));
  // The letters that follow are keys again, not text.
  await waitFor(async () => expect(await box()).not.toHaveFocus());
});

test("a refused reply stays in the box with the reason, and a second try is the same message", async () => {
  let refuses = true;
  const taken = takeReplies(() => (refuses ? problem("This ticket was closed meanwhile.") : sent([answer])));
  const { user } = renderDesk("/tickets/7");
  await user.type(await box(), "It is fixed.");
  await user.click(screen.getByRole("button", { name: "Send and solve" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("This ticket was closed meanwhile.");
  expect(await box()).toHaveValue("It is fixed.");
  expect(await box()).toHaveAccessibleDescription("This ticket was closed meanwhile.");
  expect(screen.queryByText("sending")).not.toBeInTheDocument();
  refuses = false;
  await user.click(screen.getByRole("button", { name: "Send and solve" }));
  await waitFor(async () => expect(await box()).toHaveValue(""));
  expect(taken[0]?.idempotencyKey).toBe(taken[1]?.idempotencyKey);
});

test("what is unsent is kept for each ticket and tab, and nothing is kept of what was sent", async () => {
  takeReplies();
  const first = renderDesk("/tickets/7");
  await first.user.type(await box(), "Half a thought");
  expect(await screen.findByText("Saved")).toBeInTheDocument();
  await first.user.click(screen.getByRole("button", { name: "Note for staff" }));
  expect(screen.getByRole("textbox", { name: "Note" })).toHaveValue("");
  first.unmount();
  const second = renderDesk("/tickets/7");
  expect(await box()).toHaveValue("Half a thought");
  await second.user.click(screen.getByRole("button", { name: "Send and solve" }));
  await waitFor(async () => expect(await box()).toHaveValue(""));
  expect(Object.keys(localStorage).filter((key) => key.includes("draft"))).toEqual([]);
});

test("choosing where to write puts the hands there: letters are no keys then", async () => {
  serveTicket(ticket(7));
  const { user } = renderDesk("/tickets/7");
  await user.click(await screen.findByRole("button", { name: "Note for staff" }));
  await user.keyboard("tar");
  expect(await screen.findByRole("textbox", { name: "Note" })).toHaveValue("tar");
  await user.click(screen.getByRole("button", { name: /^Reply to/ }));
  expect(await box()).toHaveFocus();
});

test("a note goes to colleagues alone", async () => {
  const notes: string[] = [];
  server.use(
    api.mutation(DeskAddNoteDocument, ({ variables }) => {
      notes.push(variables.body);
      return HttpResponse.json({ data: { addNote: sent([]) } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await box();
  await user.keyboard("n");
  const note = screen.getByRole("textbox", { name: "Note" });
  expect(note).toHaveFocus();
  await user.type(note, "See P-118.");
  await user.click(screen.getByRole("button", { name: "Add note" }));
  await waitFor(() => expect(notes).toEqual(["See P-118."]));
});

test("a client's message appears live, and a colleague's change too", async () => {
  let publish: (changed: object) => void = () => {};
  server.use(
    api.subscription(DeskTicketChangedDocument, ({ subscription }) => {
      publish = (changed) =>
        subscription.publish({
          data: {
            ticketChanged: { __typename: "TicketChange", number: 7, type: "ClientReplied", ticket: changed },
          } as never,
        });
    }),
  );
  renderDesk("/tickets/7");
  await box();
  const messages = timeline(message("m1", "Our site is down."), message("m9", "It is back."));
  publish(ticket(7, { timeline: messages, assignee: dana }));
  expect(await screen.findByText("It is back.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Assigned to Dana Whitaker" })).toBeInTheDocument();
});

test("the key a assigns to me at once; undo gives it back", async () => {
  const taken: (string | null | undefined)[] = [];
  server.use(
    api.mutation(AssignDocument, ({ variables }) => {
      taken.push(variables.memberId);
      return HttpResponse.json({
        data: { assign: ticket(7, { assignee: variables.memberId ? mara : null }) } as never,
      });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await screen.findByRole("button", { name: "Take it" });
  await user.keyboard("a");
  expect(await screen.findByRole("button", { name: "Assigned to you" })).toBeInTheDocument();
  await user.click(await screen.findByRole("button", { name: "Undo", hidden: true }));
  expect(await screen.findByRole("button", { name: "Unassigned" })).toBeInTheDocument();
  expect(taken).toEqual(["member-mara", null]);
});

test("a refused change is taken back, and the reason stands on the ticket", async () => {
  server.use(
    api.mutation(AssignDocument, () => HttpResponse.json({ data: { assign: problem("She is away.") } as never })),
  );
  const { user } = renderDesk("/tickets/7");
  await screen.findByRole("button", { name: "Take it" });
  await user.keyboard("a");
  expect(await screen.findByRole("alert")).toHaveTextContent("She is away.");
  expect(screen.getByRole("button", { name: "Unassigned" })).toBeInTheDocument();
});

test("a status set by key takes the ticket out of the queue beside it", async () => {
  server.use(
    api.mutation(SetStatusDocument, () =>
      HttpResponse.json({ data: { setStatus: ticket(7, { status: statuses.solved }) } as never }),
    ),
  );
  const { user } = renderDesk("/queue/all?ticket=7");
  await box();
  const grid = await screen.findByRole("grid");
  await waitFor(() => expect(within(grid).getAllByRole("row")).toHaveLength(2));
  await user.keyboard("s");
  await user.keyboard("res");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(within(grid).getAllByRole("row")).toHaveLength(1));
  expect(screen.getByRole("button", { name: "Resolved" })).toBeInTheDocument();
});

test("a transfer takes a department by a few letters and a sentence for the colleagues there", async () => {
  const taken: object[] = [];
  server.use(
    api.mutation(TransferDocument, ({ variables }) => {
      taken.push(variables);
      return HttpResponse.json({ data: { transfer: ticket(7) } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await box();
  await user.keyboard("t");
  await screen.findByRole("dialog", { name: "Transfer to" });
  await user.keyboard("bil");
  await user.click(screen.getByRole("menuitem", { name: "Billing" }));
  await user.type(await screen.findByRole("textbox", { name: "Transfer to Billing" }), "An invoice is missing.");
  await user.click(screen.getByRole("button", { name: "Transfer" }));
  await waitFor(() => expect(taken).toEqual([{ number: 7, departmentId: "billing", note: "An invoice is missing." }]));
});

test("a ticket that is not there says so", async () => {
  serveTicket(null);
  renderDesk("/tickets/7");
  expect(await screen.findByText("There is no ticket #7")).toBeInTheDocument();
});

/** Puts a secret beside the answer. */
async function seal(user: ReturnType<typeof renderDesk>["user"]) {
  await user.click(await screen.findByRole("button", { name: "Send a secret" }));
  await user.type(screen.getByLabelText("What is it?"), "New password");
  await user.type(screen.getByLabelText("The secret"), "Kestrel!49");
  await user.click(screen.getByRole("button", { name: "Add it sealed" }));
}

const closed = { ...statuses.solved, key: "closed", name: "Closed", meaning: "CLOSED" };

test("an answer that closes says before it is sent that it carries no secret", async () => {
  const open = ticket(7);
  const replyStatuses = [...open.abilities.replyStatuses, closed];
  serveTicket({ ...open, abilities: { ...open.abilities, replyStatuses } } as never);
  const { user } = renderDesk("/tickets/7");
  await seal(user);
  expect(screen.getByText(/“Send and close” carries no secret/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Send and close" })).toHaveAttribute("aria-disabled", "true");
});

test("where every answer closes, no secret is offered, with the reason at the field", async () => {
  const open = ticket(7);
  serveTicket({ ...open, abilities: { ...open.abilities, replyStatuses: [closed] } } as never);
  renderDesk("/tickets/7");
  expect(await screen.findByText(/An answer here closes the ticket/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Send a secret" })).not.toBeInTheDocument();
});

test("who would leave a sealed secret behind is asked first", async () => {
  const asked = vi.spyOn(globalThis, "confirm").mockReturnValue(false);
  const { user } = renderDesk("/tickets/7");
  await seal(user);
  await user.click(screen.getByRole("button", { name: "Back to the queue" }));
  await waitFor(() => expect(asked).toHaveBeenCalledWith(expect.stringContaining("were not sent yet")));
  expect(screen.getByText("New password")).toBeInTheDocument();
  const leaving = new Event("beforeunload", { cancelable: true });
  dispatchEvent(leaving);
  expect(leaving.defaultPrevented).toBe(true);
  await user.click(screen.getByRole("button", { name: "Take out New password" }));
  const free = new Event("beforeunload", { cancelable: true });
  dispatchEvent(free);
  expect(free.defaultPrevented).toBe(false);
  asked.mockRestore();
});
