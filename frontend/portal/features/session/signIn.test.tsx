import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { server } from "../../../shared/test/server.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import { ownPath } from "./SignInPage.tsx";

async function tryToSignIn(answer: () => Response) {
  let sent: unknown;
  server.use(
    http.post("/session", async ({ request }) => {
      sent = { body: await request.json(), token: request.headers.get("x-csrftoken") };
      return answer();
    }),
  );
  const { user } = renderPortal("/sign-in", { viewer: null });
  await user.type(await screen.findByLabelText("E-mail address"), " ann@poole.example ");
  await user.type(screen.getByLabelText("Password"), "a wrong one");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  return { alert: await screen.findByRole("alert"), sent };
}

test("a refusal does not tell which of the two was wrong, and leaves the hands at the password", async () => {
  const { alert, sent } = await tryToSignIn(() => HttpResponse.json({ code: "sign_in_refused" }, { status: 401 }));
  expect(alert).toHaveTextContent("This address and password do not go together.");
  expect(sent).toEqual({ body: { email: "ann@poole.example", password: "a wrong one" }, token: "test-token" });
  await waitFor(() => expect(screen.getByLabelText("Password")).toHaveFocus());
});

test("after too many tries it says to wait", async () => {
  const { alert } = await tryToSignIn(() => HttpResponse.json({ code: "too_many_tries" }, { status: 429 }));
  expect(alert).toHaveTextContent("Too many tries. Wait a few minutes");
});

test("without a connection nothing is claimed to be wrong with the password", async () => {
  const { alert } = await tryToSignIn(() => HttpResponse.error());
  expect(alert).toHaveTextContent("No connection. Nothing was sent");
});

test.each([
  ["/tickets/1042?q=a", "/tickets/1042?q=a"],
  ["//evil.example/x", "/"],
  ["https://evil.example/x", "/"],
  ["/\\evil.example", "/"],
  ["javascript:alert(1)", "/"],
  [undefined, "/"],
])("after signing in, %s leads to %s", (next, path) => {
  expect(ownPath(next)).toBe(path);
});

test("axe finds nothing on the sign-in page", async () => {
  renderPortal("/sign-in", { viewer: null });
  await screen.findByLabelText("Password");
  await expectNoViolations();
});

test("who could not be signed out is told so", async () => {
  server.use(http.delete("/session", () => HttpResponse.error()));
  const { user, router } = renderPortal("/sign-in");
  // The page itself is imported late, and would come after the end of the test.
  await waitFor(() => expect(router.state.status).toBe("idle"));
  await user.click(await screen.findByRole("button", { name: "Sign out" }));
  expect(await screen.findByText(/You are still signed in/)).toHaveRole("alert");
});
