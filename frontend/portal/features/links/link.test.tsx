import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { problem } from "../../test/fixtures.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import {
  AnswerByLinkDocument,
  GoOnByLinkDocument,
  LinkPurposeDocument,
  ProofRequestDocument,
  ProveByLinkDocument,
  UseLinkDocument,
} from "./link.gen.ts";

function serve(purpose: string, expired = false, answer: object = { __typename: "Done", ok: true }) {
  const used: unknown[] = [];
  const link = { __typename: "LinkPurpose", purpose, expired, used: false, method: "CARD", ticketNumber: 1042 };
  server.use(
    api.query(LinkPurposeDocument, () => HttpResponse.json({ data: { linkPurpose: link } as never })),
    api.mutation(UseLinkDocument, ({ variables }) => {
      used.push(variables);
      return HttpResponse.json({ data: { useLink: answer } as never });
    }),
  );
  return used;
}

test("opening a link uses nothing up; the button does", async () => {
  const used = serve("lift_lock");
  const { user } = renderPortal("/link/abc", { viewer: null });
  const button = await screen.findByRole("button", { name: "Lift the lock" });
  expect(screen.getByText(/The card digits for your account were typed wrong too often/)).toBeInTheDocument();
  expect(used).toEqual([]);
  await user.click(button);
  expect(await screen.findByRole("heading", { name: "The lock is lifted" })).toBeInTheDocument();
  expect(used).toEqual([{ token: "abc", password: null }]);
});

test("a password is set by its link, and a refused one is told at the field", async () => {
  serve("set_password");
  const used: unknown[] = [];
  server.use(
    http.post("/session/link", async ({ request }) => {
      used.push(await request.json());
      return HttpResponse.json({ code: "password_too_short", message: "Use at least 10 characters." }, { status: 400 });
    }),
  );
  const { user } = renderPortal("/link/abc", { viewer: null });
  await user.type(await screen.findByLabelText("New password"), "short");
  await user.click(screen.getByRole("button", { name: "Set the password" }));
  await expect
    .poll(() => screen.getByLabelText("New password"))
    .toHaveAccessibleDescription(/Use at least 10 characters/);
  expect(used).toEqual([{ token: "abc", password: "short" }]);
});

test("a link signs in by the button alone, and asks for the second factor where there is one", async () => {
  serve("sign_in");
  const used: unknown[] = [];
  server.use(
    http.post("/session/link", async ({ request }) => {
      used.push(await request.json());
      return HttpResponse.json({ needs: ["totp", "recovery"] }, { status: 202 });
    }),
  );
  const { user } = renderPortal("/link/abc", { viewer: null });
  const button = await screen.findByRole("button", { name: "Sign in" });
  expect(used).toEqual([]);
  await user.click(button);
  expect(await screen.findByLabelText("Code from your authenticator app")).toBeInTheDocument();
  expect(used).toEqual([{ token: "abc", password: null }]);
  await user.click(screen.getByRole("button", { name: "Use a recovery code" }));
  expect(screen.getByLabelText("Recovery code")).toBeInTheDocument();
  await expectNoViolations();
});

const request = {
  __typename: "ProofRequest",
  number: 1042,
  subject: "New MX",
  department: "Domains",
  kind: "Change MX records",
  askedBy: null,
  missing: true,
  ways: [{ __typename: "WayToProve", method: "PASSWORD", lockedUntil: null }],
};

/** A link to prove; it tells what was sent. */
function serveProof(found: object | null, goneOn: object, answers: object[] = []) {
  const sent: unknown[] = [];
  serve("prove");
  server.use(
    api.query(ProofRequestDocument, () => HttpResponse.json({ data: { proofRequest: found } as never })),
    api.mutation(GoOnByLinkDocument, ({ variables }) => {
      sent.push(variables);
      return HttpResponse.json({ data: { goOnByLink: goneOn } as never });
    }),
    api.mutation(ProveByLinkDocument, ({ variables }) => {
      sent.push(variables.proof);
      return HttpResponse.json({ data: { proveByLink: answers.shift() } as never });
    }),
  );
  return sent;
}

const done = { __typename: "Done", ok: true };

test("a link to prove says what it is about, goes on by a button, and takes the password right there", async () => {
  const sent = serveProof(request, request, [problem("proof_refused", "That could not be confirmed.", "proof"), done]);
  const { user } = renderPortal("/link/abc", { viewer: null });
  expect(await screen.findByText("New MX")).toHaveTextContent("#1042 New MX");
  expect(screen.getByText(/Before we go on with request 1042/)).toBeInTheDocument();
  expect(sent).toEqual([]);
  await expectNoViolations();
  await user.click(screen.getByRole("button", { name: /Go on/ }));
  await user.type(await screen.findByLabelText("Account password"), "wrong");
  expect(screen.getByText(/“Change MX records” needs the account password/)).toBeInTheDocument();
  await expectNoViolations();
  await user.click(screen.getByRole("button", { name: "Prove it" }));
  await expect
    .poll(() => screen.getByLabelText("Account password"))
    .toHaveAccessibleDescription(/That could not be confirmed/);
  expect(screen.getByLabelText("Account password")).toHaveValue("");
  await user.type(screen.getByLabelText("Account password"), "right");
  await user.click(screen.getByRole("button", { name: "Prove it" }));
  expect(await screen.findByRole("heading", { name: "Thank you, it is proved" })).toBeInTheDocument();
  expect(sent).toEqual([
    { token: "abc" },
    { method: "PASSWORD", secret: "wrong" },
    { method: "PASSWORD", secret: "right" },
  ]);
});

test("where following the link is enough, going on ends it; and who else asked is named", async () => {
  serveProof({ ...request, askedBy: "Eve <eve@else.example>" }, done);
  const { user } = renderPortal("/link/abc", { viewer: null });
  expect(await screen.findByText("Eve <eve@else.example>")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /Go on/ }));
  expect(await screen.findByRole("heading", { name: "Thank you, it is proved" })).toBeInTheDocument();
});

test("a link that was used or replaced meanwhile reads like any spent one", async () => {
  serveProof(request, problem("link_expired", "This link was used or has expired.", "token"));
  const { user } = renderPortal("/link/abc", { viewer: null });
  await user.click(await screen.findByRole("button", { name: /Go on/ }));
  expect(await screen.findByRole("heading", { name: "This link no longer works" })).toBeInTheDocument();
});

test("a link whose request is not there reads like any spent one", async () => {
  serveProof(null, done);
  renderPortal("/link/abc", { viewer: null });
  expect(await screen.findByRole("heading", { name: "This link no longer works" })).toBeInTheDocument();
});

test("a spent link says so, and axe finds nothing", async () => {
  serve("lift_lock", true);
  renderPortal("/link/abc", { viewer: null });
  expect(await screen.findByRole("heading", { name: "This link no longer works" })).toBeInTheDocument();
  await expectNoViolations();
});

test("a mailed answer waits for its button, and says so when it was given before", async () => {
  serve("keep_open");
  const answered: unknown[] = [];
  server.use(
    api.mutation(AnswerByLinkDocument, ({ variables }) => {
      answered.push(variables);
      const again = problem("answered_already", "That is done already.", "token");
      const answer = answered.length > 1 ? again : { __typename: "Done", ok: true };
      return HttpResponse.json({ data: { answerByLink: answer } as never });
    }),
  );
  const { user, container, unmount } = renderPortal("/link/abc", { viewer: null });
  const button = await screen.findByRole("button", { name: "Keep open" });
  expect(answered).toEqual([]);
  await expectNoViolations(container);
  await user.click(button);
  expect(await screen.findByRole("heading", { name: "It stays open" })).toBeInTheDocument();
  expect(answered).toEqual([{ token: "abc" }]);
  unmount();
  const second = renderPortal("/link/abc", { viewer: null });
  await second.user.click(await screen.findByRole("button", { name: "Keep open" }));
  expect(await screen.findByRole("heading", { name: "That is done already" })).toBeInTheDocument();
});
