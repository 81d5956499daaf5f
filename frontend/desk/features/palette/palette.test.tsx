import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { page, row, ticket } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";

beforeEach(() => {
  serveDesk(() => page([row(7)]));
  serveTicket(ticket(7));
});

test("does what is typed: an action of the open ticket, with its key beside it", async () => {
  const { user } = renderDesk("/tickets/7");
  await screen.findByRole("textbox", { name: "Reply" });
  await user.keyboard("{Control>}k{/Control}");
  const dialog = within(await screen.findByRole("dialog", { name: "Find or do" }));
  await user.keyboard("add a n");
  const item = dialog.getByRole("menuitem", { name: /Add a note/ });
  expect(item).toHaveTextContent("N");
  await expectNoViolations(screen.getByRole("dialog"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Note" })).toHaveFocus());
});

test.each(["#7", "7", "Ticket 7", "Re: [[#7] Slow"])("a number opens its ticket: %s", async (typed) => {
  const { user, address } = renderDesk("/queue/all");
  await screen.findByRole("grid");
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("dialog", { name: "Find or do" });
  await user.keyboard(typed);
  await user.click(await screen.findByRole("menuitem", { name: "Open ticket #7" }));
  await waitFor(() => expect(address()).toBe("/tickets/7"));
});

test("g and then d go to a department by a few letters of its name", async () => {
  const { user, address } = renderDesk("/queue/all");
  await screen.findByRole("grid");
  await user.keyboard("gd");
  await screen.findByRole("dialog", { name: "Go to a department" });
  await user.keyboard("bil{Enter}");
  await waitFor(() => expect(address()).toBe("/queue/billing"));
});

test("the sheet of keys lists what works here and now", async () => {
  const { user } = renderDesk("/tickets/7");
  await screen.findByRole("textbox", { name: "Reply" });
  await user.keyboard("?");
  const sheet = within(await screen.findByRole("dialog", { name: "Keys" }));
  for (const name of ["Reply", "Transfer to a department", "Set priority", "Search tickets"]) {
    expect(sheet.getByText(name)).toBeInTheDocument();
  }
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});

test("plain keys do nothing while one writes", async () => {
  const { user } = renderDesk("/tickets/7");
  const box = await screen.findByRole("textbox", { name: "Reply" });
  await user.type(box, "at ?");
  expect(box).toHaveValue("at ?");
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});
