import { act, fireEvent, screen } from "@testing-library/react";
import { HttpResponse, http } from "msw/http";
import { expect, it, vi } from "vitest";
import { expectNoViolations } from "../test/axe.ts";
import { renderWithServer } from "../test/render.tsx";
import { server } from "../test/server.ts";
import { MessageText } from "./MessageText.tsx";
import { SecretsPanel } from "./SecretsPanel.tsx";
import type { SecretPartsFragment } from "./secrets.gen.ts";

const VALUE = "Kestrel!49 tango";

function secret(changes: Partial<SecretPartsFragment> = {}): SecretPartsFragment {
  return {
    __typename: "Secret",
    id: "s1",
    label: "FTP password",
    state: "SENT",
    source: "MESSAGE",
    side: "CLIENT",
    messageId: null,
    askedBy: null,
    askedAt: null,
    sentBy: { __typename: "Person", id: "ann", name: "Ann Poole" },
    sentAt: "2026-11-24T09:00:00+00:00",
    viewedBy: null,
    viewedAt: null,
    views: 0,
    expiresAt: null,
    destroyedAt: null,
    destroyedBecause: null,
    canShow: true,
    canSend: false,
    canDestroy: true,
    ...changes,
  };
}

const ticket = (...secrets: SecretPartsFragment[]) => ({
  __typename: "Ticket" as const,
  id: "t1",
  number: 1042,
  secrets: secrets.map((each) => ({ ...each, __typename: "Secret" as const })),
});

/** Answers the operations that pass the cache by; gives what was sent. */
function answer(data: object): { sent: string[] } {
  const sent: string[] = [];
  server.use(
    http.post("*/graphql", async ({ request }) => {
      sent.push(await request.text());
      return HttpResponse.json({ data });
    }),
  );
  return { sent };
}

it("shows a secret for half a minute, and then it is nowhere on the page", async () => {
  answer({ showSecret: { __typename: "ShownSecret", value: VALUE, hideAfter: 30 } });
  // The clock stands still from the start: how long the test itself takes is not counted.
  vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] });
  const { user, container } = renderWithServer(<SecretsPanel ticket={ticket(secret())} isStaff />);
  await user.click(screen.getByRole("button", { name: "Show the secret FTP password" }));
  expect(await screen.findByText(VALUE)).toBeVisible();
  await expectNoViolations(container);
  vi.setSystemTime(Date.now() + 29_000);
  await act(() => new Promise((done) => setTimeout(done, 400)));
  expect(screen.getByText(VALUE)).toBeVisible();
  vi.setSystemTime(Date.now() + 2_000);
  await act(() => new Promise((done) => setTimeout(done, 400)));
  expect(document.documentElement.outerHTML).not.toContain(VALUE);
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(VALUE);
  vi.useRealTimers();
});

it("shows a secret in place of its mark in the message, and below it what has no mark", async () => {
  answer({ showSecret: { __typename: "ShownSecret", value: VALUE, hideAfter: 30 } });
  const own = { messageId: "m1", canDestroy: false };
  const { user, container } = renderWithServer(
    <MessageText
      text="Log in with [sealed: FTP password] and [sealed: somebody else's] at https://ftp.example"
      messageId="m1"
      secrets={[secret(own), secret({ ...own, id: "s2", label: "CMS", state: "DESTROYED", canShow: false })]}
    />,
  );
  expect(container).toHaveTextContent(/Log in with FTP password ?Show and \[sealed: somebody else's\] at/);
  expect(container).toHaveTextContent(/CMS ?destroyed/);
  await user.click(screen.getByRole("button", { name: "Show the secret FTP password" }));
  expect(await screen.findByText(VALUE)).toBeVisible();
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: /Hide/ }));
  expect(container).not.toHaveTextContent(VALUE);
});

it("leaves the marks of a message alone whose secrets are another's", () => {
  const { container } = renderWithServer(
    <MessageText text="[sealed: FTP password]" messageId="m2" secrets={[secret({ messageId: "m1" })]} />,
  );
  expect(container).toHaveTextContent("[sealed: FTP password]");
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

it("says who viewed it, and that it is gone", () => {
  renderWithServer(
    <SecretsPanel
      ticket={ticket(
        secret({ viewedBy: { __typename: "Person", id: "dana", name: "Dana" }, viewedAt: "2026-11-24T09:12:00+00:00" }),
        secret({
          id: "s2",
          label: "CMS",
          state: "DESTROYED",
          destroyedAt: "2026-11-24T09:12:00+00:00",
          canShow: false,
          canDestroy: false,
        }),
        secret({ id: "s3", label: "Old", state: "LOST", canShow: false }),
      )}
    />,
  );
  expect(screen.getByText(/viewed by Dana/)).toBeVisible();
  expect(screen.getByText(/^Destroyed/)).toBeVisible();
  expect(screen.getByText(/Cannot be opened any more: ask again/)).toBeVisible();
});

it("answers what was asked for in a sealed field", async () => {
  const { sent } = answer({ sendSecret: { __typename: "ReplySuccess", followUp: false } });
  const asked = secret({
    state: "ASKED",
    source: "ASKED",
    askedBy: { __typename: "Person", id: "dana", name: "Dana" },
    askedAt: "2026-11-24T09:00:00+00:00",
    sentBy: null,
    sentAt: null,
    canShow: false,
    canSend: true,
    canDestroy: false,
  });
  const { user, container } = renderWithServer(<SecretsPanel ticket={ticket(asked)} />);
  expect(screen.getByText("Dana asks you for this")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Send it sealed" }));
  expect(screen.getByText("Type the secret.")).toBeVisible();
  const field = screen.getByRole("textbox", { name: "FTP password" });
  fireEvent.change(field, { target: { value: "line one\nline two" } });
  await user.click(screen.getByRole("button", { name: "Show FTP password" }));
  expect(screen.getByRole("button", { name: "Hide FTP password" })).toBeVisible();
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Send it sealed" }));
  await vi.waitFor(() => expect(field).toHaveValue(""));
  expect(JSON.parse(sent[0] ?? "{}").variables).toEqual({ id: "s1", value: "line one\nline two" });
});
