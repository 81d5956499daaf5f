import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { beforeEach, expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { billing, mara, message, page, row, statuses, ticket, timeline } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";
import { AskForProofDocument, DeskReplyDocument, SetStatusDocument, TransferDocument } from "./ticket.gen.ts";

const reason = "This ticket needs the account password before that. Ask for proof; a lead can go on without it.";
const held = (act: string, which: object) => ({
  __typename: "HeldBack",
  act,
  status: null,
  departmentId: null,
  needed: "PASSWORD",
  canAsk: true,
  reason,
  ...which,
});
const asked = {
  __typename: "ProofAsked",
  at: "2026-11-24T10:10:00+00:00",
  expiresAt: "2026-11-24T22:10:00+00:00",
  waits: true,
};

/** A ticket below the level that it needs, with what is held back on it. */
function below(changes: object = {}, abilities: object = {}) {
  const found = ticket(7, { level: "NONE", requiredLevel: "PASSWORD" });
  return {
    ...found,
    abilities: {
      ...found.abilities,
      heldBack: [
        held("SET_STATUS", { status: "resolved" }),
        held("REPLY", { status: "resolved" }),
        held("TRANSFER", { departmentId: billing.id }),
      ],
      ...abilities,
    },
    ...changes,
  };
}

beforeEach(() => {
  serveDesk(() => page([row(7, 0)]));
});

test("one button asks for proof, and the ticket says that it waits for it", async () => {
  serveTicket(below());
  let given: unknown;
  server.use(
    api.mutation(AskForProofDocument, ({ variables }) => {
      given = variables;
      return HttpResponse.json({ data: { askForProof: below({ proofAsked: asked }) } as never });
    }),
  );
  const { user, container } = renderDesk("/tickets/7");
  await user.click(await screen.findByRole("button", { name: "Ask for proof" }));
  expect(await screen.findByText(/Asked .*, waiting until/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Ask again" })).toBeInTheDocument();
  expect(given).toEqual({ number: 7 });
  await expectNoViolations(container);
});

test("the key and the palette ask as well; where nobody can be asked there is no button", async () => {
  serveTicket(below({}, { askForProof: false }));
  renderDesk("/tickets/7");
  expect(await screen.findByText(/Not proved enough/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Ask for proof" })).not.toBeInTheDocument();
});

test("v asks for proof", async () => {
  serveTicket(below());
  let count = 0;
  server.use(
    api.mutation(AskForProofDocument, () => {
      count += 1;
      return HttpResponse.json({ data: { askForProof: below({ proofAsked: asked }) } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await screen.findByText(/Not proved enough/);
  await user.keyboard("v");
  await waitFor(() => expect(count).toBe(1));
});

test("a status that is held back shows a lock and says why; who is no lead can only ask", async () => {
  serveTicket(below());
  const { user, container } = renderDesk("/tickets/7");
  await user.click(await screen.findByRole("button", { name: "Open" }));
  await user.click(await screen.findByRole("menuitem", { name: /Resolved.*held back/ }));
  const step = await screen.findByRole("form", { name: "Held back" });
  expect(step).toHaveTextContent(reason);
  expect(within(step).queryByRole("button", { name: "Go on without proof" })).not.toBeInTheDocument();
  expect(within(step).getByRole("button", { name: "Ask for proof" })).toHaveFocus();
  await expectNoViolations(container);
});

test("what is held back says when it was asked for already, and asks again", async () => {
  serveTicket(below({ proofAsked: asked }));
  const { user } = renderDesk("/tickets/7");
  await user.click(await screen.findByRole("button", { name: "Open" }));
  await user.click(await screen.findByRole("menuitem", { name: /Resolved.*held back/ }));
  const step = await screen.findByRole("form", { name: "Held back" });
  expect(step).toHaveTextContent(/Asked .+; the link works until/);
  expect(within(step).getByRole("button", { name: "Ask again" })).toHaveFocus();
  expect(within(step).queryByRole("button", { name: "Ask for proof" })).not.toBeInTheDocument();
});

test("a transfer that is held back asks for what the department needs", async () => {
  serveTicket(below({}, { heldBack: [held("TRANSFER", { departmentId: billing.id })], askForProof: false }));
  let given: unknown;
  server.use(
    api.mutation(AskForProofDocument, ({ variables }) => {
      given = variables;
      return HttpResponse.json({ data: { askForProof: below({ proofAsked: asked }) } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await screen.findByText(/Not proved enough/);
  await user.keyboard("t");
  await user.click(await screen.findByRole("menuitem", { name: /Billing.*held back/ }));
  await user.click(await screen.findByRole("button", { name: "Ask for proof" }));
  await waitFor(() => expect(given).toEqual({ number: 7, departmentId: billing.id }));
});

test("a lead goes on with a reason, which is asked for", async () => {
  serveTicket(below({}, { goOnWithoutProof: true }));
  let given: unknown;
  server.use(
    api.mutation(SetStatusDocument, ({ variables }) => {
      given = variables;
      return HttpResponse.json({ data: { setStatus: below({ status: statuses.solved }) } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await user.click(await screen.findByRole("button", { name: "Open" }));
  await user.click(await screen.findByRole("menuitem", { name: /Resolved/ }));
  await user.click(await screen.findByRole("button", { name: "Go on without proof" }));
  expect(screen.getByLabelText("Why go on without proof?")).toHaveAccessibleDescription(/Say why/);
  expect(given).toBeUndefined();
  await user.type(screen.getByLabelText("Why go on without proof?"), "She was here.");
  await user.click(screen.getByRole("button", { name: "Go on without proof" }));
  await waitFor(() => expect(given).toEqual({ number: 7, status: "resolved", withoutProof: "She was here." }));
});

test("an answer with a status that is held back keeps its text and goes with a lead's reason", async () => {
  serveTicket(below({}, { goOnWithoutProof: true }));
  const taken: unknown[] = [];
  server.use(
    api.mutation(DeskReplyDocument, ({ variables }) => {
      taken.push(variables);
      const reply = {
        __typename: "SendReplySuccess",
        waiting: null,
        ticket: below({ timeline: timeline(message("m2", "Done.", { author: mara })) }),
      };
      return HttpResponse.json({ data: { reply } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  const box = await screen.findByRole("textbox", { name: "Reply" });
  await user.type(box, "Done.");
  await user.click(screen.getByRole("button", { name: /Send and solve/ }));
  expect(taken).toEqual([]);
  expect(box).toHaveValue("Done.");
  await user.type(await screen.findByLabelText("Why go on without proof?"), "By voice.");
  await user.click(screen.getByRole("button", { name: "Go on without proof" }));
  await waitFor(() =>
    expect(taken).toMatchObject([{ number: 7, body: "Done.", status: "resolved", withoutProof: "By voice." }]),
  );
});

test("a transfer that is held back asks a lead for the reason before the note", async () => {
  serveTicket(below({}, { goOnWithoutProof: true }));
  let given: unknown;
  server.use(
    api.mutation(TransferDocument, ({ variables }) => {
      given = variables;
      return HttpResponse.json({ data: { transfer: below({ department: billing }) } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  await screen.findByText(/Not proved enough/);
  await user.keyboard("t");
  await user.click(await screen.findByRole("menuitem", { name: /Billing.*held back/ }));
  await user.type(await screen.findByLabelText("Why go on without proof?"), "By voice.");
  await user.click(screen.getByRole("button", { name: "Go on without proof" }));
  await user.click(await screen.findByRole("button", { name: "Transfer" }));
  await waitFor(() =>
    expect(given).toEqual({ number: 7, departmentId: "billing", note: null, withoutProof: "By voice." }),
  );
});

test("a later reply by plain e-mail is shown as such, until something is proved after it", async () => {
  const attestation = {
    __typename: "Attestation",
    id: "a1",
    method: "PASSWORD",
    level: "PASSWORD",
    at: "2026-11-24T09:14:00+00:00",
    by: "Joel Achterberg",
    recordedBy: null,
    address: "",
    expiresAt: null,
    scope: "ticket",
  };
  const conversation = timeline(
    message("m1", "Change the MX.", { level: "PASSWORD", at: "2026-11-24T09:14:00+00:00" }),
    message("m2", "And the A record.", { level: "NONE", channel: "EMAIL", at: "2026-11-24T10:00:00+00:00" }),
  );
  const proved = { level: "PASSWORD", requiredLevel: "PASSWORD", timeline: conversation };
  serveTicket(ticket(7, { ...proved, attestation }));
  const first = renderDesk("/tickets/7");
  expect(await screen.findByText(/The newest message proves less/)).toBeInTheDocument();
  expect(screen.getByText(/by plain e-mail, nothing proved/)).toBeInTheDocument();
  first.unmount();

  serveTicket(ticket(7, { ...proved, attestation: { ...attestation, at: "2026-11-24T10:30:00+00:00" } }));
  renderDesk("/tickets/7");
  await screen.findByText("And the A record.");
  expect(screen.queryByText(/The newest message proves less/)).not.toBeInTheDocument();
});
