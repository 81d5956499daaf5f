import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw/http";
import { expect, test, vi } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { renderWithServer } from "../../../shared/test/render.tsx";
import { server } from "../../../shared/test/server.ts";
import { company } from "../../test/fixtures.ts";
import { NotStaffPage } from "./NotStaffPage.tsx";
import { SignInPage } from "./SignInPage.tsx";

function show() {
  const onSignedIn = vi.fn();
  return { onSignedIn, ...renderWithServer(<SignInPage company={company} onSignedIn={onSignedIn} />) };
}

async function fill(user: ReturnType<typeof show>["user"]) {
  await user.type(screen.getByLabelText("E-mail address"), "mara@anchor.example");
  await user.type(screen.getByLabelText("Password"), "hosting-demo-1");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("a member of the staff signs in", async () => {
  let sent: unknown;
  server.use(
    http.post("*/session", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ side: "staff" }, { status: 201 });
    }),
  );
  const { user, onSignedIn, container } = show();
  await expectNoViolations(container);
  await fill(user);
  await waitFor(() => expect(onSignedIn).toHaveBeenCalledWith("staff"));
  expect(sent).toEqual({ email: "mara@anchor.example", password: "hosting-demo-1" });
});

test.each([
  [401, "sign_in_refused", /do not go together/],
  [429, "too_many_tries", /Too many tries/],
  [500, "surprise", /Something went wrong on our side/],
])("a sign-in that is answered with %i says why, and the focus is at the password", async (status, code, words) => {
  server.use(http.post("*/session", () => HttpResponse.json({ code }, { status })));
  const { user, onSignedIn } = show();
  await fill(user);
  expect(await screen.findByRole("alert")).toHaveTextContent(words);
  expect(screen.getByLabelText("Password")).toHaveFocus();
  expect(onSignedIn).not.toHaveBeenCalled();
});

test("a client at the staff's address is shown the way to the portal", () => {
  renderWithServer(<NotStaffPage company={company} name="Joel Achterberg" />);
  expect(screen.getByText(/signed in as Joel Achterberg/)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Go to the portal" })).toHaveAttribute("href", "/");
});
