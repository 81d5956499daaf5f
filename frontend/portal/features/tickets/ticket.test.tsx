import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { client, message, problem, steps, ticket, waitingUntil } from "../../test/fixtures.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import {
  PlaceChangedDocument,
  ProveDocument,
  ReplyDocument,
  TicketChangedDocument,
  TicketPageDocument,
} from "./ticket.gen.ts";

const question = message("m1", "CLIENT", "The form answers 500.");
const answer = message("m2", "STAFF", "We see it too.\n\nGive us an hour.");

type Ticket = ReturnType<typeof ticket>;

/** A server that has this ticket; returns how to push a change of it to the page. */
function serve(initial: Ticket | null) {
  let publish: ((changed: Ticket) => void) | undefined;
  server.use(
    api.query(TicketPageDocument, () =>
      HttpResponse.json({
        data: { ticket: initial, viewer: { __typename: "Viewer", id: "ann", proofMethods: [], client } } as never,
      }),
    ),
    api.subscription(TicketChangedDocument, ({ subscription }) => {
      publish = (changed) =>
        subscription.publish({
          data: {
            ticketChanged: {
              __typename: "TicketChange",
              number: changed.number,
              type: "MessageAdded",
              ticket: changed,
            },
          } as never,
        });
    }),
  );
  return {
    push: async (changed: Ticket) => {
      await waitFor(() => expect(publish).toBeDefined());
      publish?.(changed);
    },
  };
}

const place = (ahead: number, sentence: string, usual: string | null = null) => ({
  __typename: "QueuePlace" as const,
  ahead,
  sentence,
  usual,
  likelyAt: usual && "2030-01-02T10:00:00+00:00",
  opensAt: usual && "2030-01-02T08:00:00+00:00",
});

test("says how many are ahead and that writing again costs nothing; the place changes while others are answered", async () => {
  serve(ticket([question], { place: place(3, "3 ahead of you in Support", "Usual answer: 40 min") }));
  let move: ((to: object) => void) | undefined;
  server.use(
    api.subscription(PlaceChangedDocument, ({ subscription }) => {
      move = (to) => {
        const moved = { __typename: "Ticket", id: "ticket-1042", number: 1042, place: to };
        const placeChanged = { __typename: "TicketChange", number: 1042, type: "PlaceChanged", ticket: moved };
        subscription.publish({ data: { placeChanged } as never });
      };
    }),
  );
  renderPortal("/tickets/1042");
  expect(await screen.findByText("3 ahead of you in Support")).toBeInTheDocument();
  const expectation = screen.getByText(/Usual answer: 40 min; probably/);
  expect(expectation).toHaveTextContent(/probably .*2030.*We are closed until .*2030/);
  expect(expectation.querySelectorAll("time")).toHaveLength(2);
  expect(screen.getByText("If you write again, you keep your place.")).toBeInTheDocument();
  await waitFor(() => expect(move).toBeDefined());
  move?.(place(2, "2 ahead of you in Support"));
  expect(await screen.findByText("2 ahead of you in Support")).toBeInTheDocument();
  expect(screen.queryByText(/Usual answer/)).not.toBeInTheDocument();
  await expectNoViolations();
});

test("who waits for nothing stands in no queue", async () => {
  serve(ticket([question, answer], waitingUntil("2030-01-03T10:00:00+00:00")));
  renderPortal("/tickets/1042");
  await conversation();
  expect(screen.queryByText(/keep your place/)).not.toBeInTheDocument();
});

test("a line of progress tells what is behind, where the request is and what is ahead", async () => {
  serve(ticket([question, answer], { progress: steps("received", "looked_at", "waiting_for_client") }));
  renderPortal("/tickets/1042");
  const line = within(await screen.findByRole("list", { name: "Progress" }));
  const [received, , waiting, solved] = line.getAllByRole("listitem");
  expect(received?.querySelector("time")).toBeInTheDocument();
  expect(waiting).toHaveAttribute("aria-current", "step");
  expect(solved).toHaveTextContent("Solved(still ahead)");
  await expectNoViolations();
});

const conversation = () => screen.findByRole("region", { name: "Conversation" });

test("another's answer appears without a reload, and is announced", async () => {
  const { push } = serve(ticket([question]));
  renderPortal("/tickets/1042");
  expect(await within(await conversation()).findByText("The form answers 500.")).toBeInTheDocument();
  await push(ticket([question, answer], waitingUntil("2030-01-03T10:00:00+00:00")));
  expect(await within(await conversation()).findByText("Give us an hour.")).toBeInTheDocument();
  expect(screen.getByText(/Waiting for you until/)).toHaveTextContent(/3.* 2030/);
  expect(screen.getByText("It closes then, unless you answer.")).toBeInTheDocument();
  expect(await screen.findByText("New message from Greg Tarrant")).toBeInTheDocument();
});

test("an answer stands in the conversation at once, and once only when the server has it", async () => {
  serve(ticket([question]));
  let finish: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const own = message("m3", "CLIENT", "It is urgent.");
  server.use(
    api.mutation(ReplyDocument, async () => {
      await held;
      const reply = {
        __typename: "ReplySuccess",
        followUp: false,
        sent: { __typename: "Message", id: "m3" },
        ticket: ticket([question, own]),
      };
      return HttpResponse.json({ data: { reply } as never });
    }),
  );
  const { user } = renderPortal("/tickets/1042");
  await user.type(await screen.findByLabelText("Your answer"), "It is urgent.");
  await user.click(screen.getByRole("button", { name: "Send the answer" }));
  expect(within(await conversation()).getByText("It is urgent.")).toBeInTheDocument();
  expect(within(await conversation()).getByText("Sending")).toBeInTheDocument();
  finish();
  await waitFor(() => expect(screen.queryByText("Sending")).not.toBeInTheDocument());
  expect(within(await conversation()).getAllByText("It is urgent.")).toHaveLength(1);
  expect(screen.getByLabelText("Your answer")).toHaveValue("");
  expect(sessionStorage).toHaveLength(0);
});

test("a refused answer comes back into the box with the reason", async () => {
  serve(ticket([question]));
  server.use(
    api.mutation(ReplyDocument, () =>
      HttpResponse.json({ data: { reply: problem("too_long", "At most 50000 characters.", "body") } as never }),
    ),
  );
  const { user } = renderPortal("/tickets/1042");
  await user.type(await screen.findByLabelText("Your answer"), "All of it");
  await user.click(screen.getByRole("button", { name: "Send the answer" }));
  await waitFor(() => expect(screen.getByLabelText("Your answer")).toHaveAccessibleDescription(/At most 50000/));
  expect(screen.getByLabelText("Your answer")).toHaveValue("All of it");
});

test("an answer after the session has ended is kept, and the sign-in asked for", async () => {
  serve(ticket([question]));
  server.use(
    api.mutation(ReplyDocument, () =>
      HttpResponse.json({ data: { reply: problem("not_found", "That is not here.", null) } as never }),
    ),
  );
  const first = renderPortal("/tickets/1042");
  await first.user.type(await screen.findByLabelText("Your answer"), "Still here");
  await first.user.click(screen.getByRole("button", { name: "Send the answer" }));
  await waitFor(() => expect(first.visitor.refetch).toHaveBeenCalled());
  first.unmount();
  server.use(
    api.query(TicketPageDocument, () =>
      HttpResponse.json({ data: { __typename: "Query", ticket: null, viewer: null } }),
    ),
  );
  const second = renderPortal("/tickets/1042", { hasEnded: true });
  expect(await screen.findByText(/You are signed out/)).toBeInTheDocument();
  expect(second.router.state.location.search).toEqual({ next: "/tickets/1042" });
  second.unmount();
  serve(ticket([question]));
  renderPortal("/tickets/1042");
  expect(await screen.findByLabelText("Your answer")).toHaveValue("Still here");
});

test("an answer half written survives a reload", async () => {
  serve(ticket([question]));
  const first = renderPortal("/tickets/1042");
  await first.user.type(await screen.findByLabelText("Your answer"), "As I was say");
  first.unmount();
  renderPortal("/tickets/1042");
  expect(await screen.findByLabelText("Your answer")).toHaveValue("As I was say");
});

test("an answer to a closed request leads to the new one and says so", async () => {
  const closed = {
    __typename: "Status",
    key: "closed",
    name: "Closed",
    clientName: "Closed",
    meaning: "CLOSED",
  } as const;
  const { abilities } = ticket([]);
  serve(ticket([question], { status: closed, abilities: { ...abilities, beginsNew: true } }));
  const next = ticket([message("m9", "CLIENT", "It is back.")], {
    id: "ticket-1050",
    number: 1050,
    subject: "It is back",
  });
  const { user, router } = renderPortal("/tickets/1042");
  const box = await screen.findByLabelText("Answer with a new request");
  server.use(
    api.mutation(ReplyDocument, () => {
      const reply = {
        __typename: "ReplySuccess",
        followUp: true,
        sent: { __typename: "Message", id: "m9" },
        ticket: next,
      };
      return HttpResponse.json({ data: { reply } as never });
    }),
    api.query(TicketPageDocument, () =>
      HttpResponse.json({
        data: { ticket: next, viewer: { __typename: "Viewer", id: "ann", proofMethods: [], client } } as never,
      }),
    ),
  );
  await user.type(box, "It is back.");
  await user.click(screen.getByRole("button", { name: "Send as a new request" }));
  expect(await screen.findByRole("heading", { name: "It is back" })).toBeInTheDocument();
  expect(router.state.location.pathname).toBe("/tickets/1050");
  expect(screen.getByText(/is closed, so your answer began this new one/)).toHaveTextContent("#1042");
});

test("an answer to a closed request that it opens again is an answer", async () => {
  const status = {
    __typename: "Status",
    key: "closed",
    name: "Closed",
    clientName: "Closed",
    meaning: "CLOSED",
  } as const;
  serve(ticket([question], { status }));
  renderPortal("/tickets/1042");
  expect(await screen.findByLabelText("Your answer")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Send the answer" })).toBeInTheDocument();
});

test("a request below the level that it needs asks for the proof, and stops asking when it has it", async () => {
  serve(ticket([question], { requiredLevel: "CARD" }));
  let given: unknown;
  server.use(
    api.mutation(ProveDocument, ({ variables }) => {
      given = variables;
      return HttpResponse.json({
        data: { prove: ticket([question], { requiredLevel: "CARD", level: "CARD" }) } as never,
      });
    }),
  );
  const { user } = renderPortal("/tickets/1042");
  await user.type(await screen.findByLabelText("Last four digits of the card"), "4242");
  await user.click(screen.getByRole("button", { name: "Prove it" }));
  await waitFor(() => expect(screen.queryByRole("heading", { name: "Prove that it is you" })).not.toBeInTheDocument());
  expect(given).toEqual({ number: 1042, proof: { method: "CARD", secret: "4242" } });
  expect(screen.getByText("Card digits proved")).toBeInTheDocument();
  expect(screen.getByText("Proved. We can start on it.")).toBeInTheDocument();
});

test("a receipt that came back is told, with the address", async () => {
  const receipt = {
    __typename: "MailState" as const,
    recipient: "ann@poole.example",
    state: "refused",
    at: "2026-11-24T09:01:00+00:00",
    reason: "550",
  };
  serve(ticket([question], { receipt }));
  renderPortal("/tickets/1042");
  expect(await screen.findByRole("alert")).toHaveTextContent(/receipt to ann@poole\.example came back/);
});

test("another's request and none at all read the same", async () => {
  serve(null);
  renderPortal("/tickets/7");
  expect(await screen.findByRole("heading", { name: "This page is not here" })).toBeInTheDocument();
});

test("a surprise on the server shows its id and can be tried again", async () => {
  let isBroken = true;
  serve(ticket([question]));
  server.use(
    api.query(TicketPageDocument, () =>
      isBroken
        ? HttpResponse.json({ errors: [{ message: "Something went wrong.", extensions: { errorId: "e-4711" } }] })
        : undefined,
    ),
  );
  const { user } = renderPortal("/tickets/1042");
  expect(await screen.findByText("e-4711")).toBeInTheDocument();
  isBroken = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("The form answers 500.")).toBeInTheDocument();
});

test("axe finds nothing on the page of a request", async () => {
  serve(ticket([question, answer], { requiredLevel: "CARD" }));
  renderPortal("/tickets/1042");
  await screen.findByText("Give us an hour.");
  await expectNoViolations();
});
