import { screen } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { problem } from "../../test/fixtures.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import { LinkPurposeDocument, UseLinkDocument } from "./link.gen.ts";

function serve(purpose: string, expired = false, answer: object = { __typename: "Done", ok: true }) {
  const used: unknown[] = [];
  const link = { __typename: "LinkPurpose", purpose, expired, method: "CARD", ticketNumber: 1042 };
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
  const used = serve("set_password", false, problem("password_too_short", "Use at least 10 characters.", "password"));
  const { user } = renderPortal("/link/abc", { viewer: null });
  await user.type(await screen.findByLabelText("New password"), "short");
  await user.click(screen.getByRole("button", { name: "Set the password" }));
  await expect
    .poll(() => screen.getByLabelText("New password"))
    .toHaveAccessibleDescription(/Use at least 10 characters/);
  expect(used).toEqual([{ token: "abc", password: "short" }]);
});

test("a link to prove leads to the request it is for, by way of signing in", async () => {
  serve("prove");
  const { router } = renderPortal("/link/abc", { viewer: null });
  await screen.findByRole("heading", { name: "Sign in" });
  expect(router.state.location.search).toEqual({ next: "/tickets/1042" });
});

test("a spent link says so, and axe finds nothing", async () => {
  serve("lift_lock", true);
  renderPortal("/link/abc", { viewer: null });
  expect(await screen.findByRole("heading", { name: "This link no longer works" })).toBeInTheDocument();
  await expectNoViolations();
});
