import { act, screen } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { afterEach, expect, test, vi } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { company } from "../../test/fixtures.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import { CreateSupportPinDocument } from "./pin.gen.ts";

afterEach(() => {
  vi.useRealTimers();
});

function serve(...pins: string[]) {
  let number = 0;
  server.use(
    api.mutation(CreateSupportPinDocument, () => {
      const digits = pins[number++];
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      const refused = { __typename: "Problem", code: "too_many_tries", message: "Wait a few minutes.", field: null };
      const pin = { __typename: "SupportPin", digits, expiresAt, level: "CARD" };
      return HttpResponse.json({ data: { createSupportPin: digits ? pin : refused } as never });
    }),
  );
}

test("six digits are shown on demand with what they prove, counted down, and replaced by new ones", async () => {
  serve("048213", "771209");
  const { user, container } = renderPortal("/support-pin");
  const button = await screen.findByRole("button", { name: "Show the PIN" });
  expect(screen.queryByRole("status", { name: /0 4 8/ })).not.toBeInTheDocument();
  await user.click(button);
  expect(await screen.findByLabelText("0 4 8 2 1 3")).toHaveTextContent("048213");
  expect(screen.getByText("It proves: Card digits proved")).toBeInTheDocument();
  expect(screen.getByRole("timer")).toHaveTextContent(/good for (10:00|9:5\d), and for one call/);
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Show a new PIN" }));
  expect(await screen.findByLabelText("7 7 1 2 0 9")).toBeInTheDocument();
  expect(container).not.toHaveTextContent("048213");
  await user.click(screen.getByRole("button", { name: "Show a new PIN" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Wait a few minutes.");
});

test("digits that have run out are gone from the page, and kept nowhere", async () => {
  serve("048213");
  const { user, container } = renderPortal("/support-pin");
  await user.click(await screen.findByRole("button", { name: "Show the PIN" }));
  await screen.findByLabelText("0 4 8 2 1 3");
  const later = Date.now() + 601_000;
  vi.spyOn(Date, "now").mockReturnValue(later);
  await act(() => new Promise((resolve) => setTimeout(resolve, 300)));
  expect(await screen.findByText(/That PIN has run out/)).toBeInTheDocument();
  expect(container).not.toHaveTextContent("048213");
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain("048213");
  vi.restoreAllMocks();
});

test("where the company has no PINs neither menu nor page offers one", async () => {
  const { changeCompany } = renderPortal("/support-pin");
  // In the header, and in the footer of small screens.
  expect(await screen.findAllByRole("link", { name: "Support PIN" })).toHaveLength(2);
  await changeCompany({ ...company, proofMethods: ["PASSWORD"] });
  expect(await screen.findByText("There is no support PIN for you here.")).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Support PIN" })).not.toBeInTheDocument();
});
