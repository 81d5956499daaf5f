import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { billing, dana, mara, page, row, statuses, ticket } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";
import { ViewCountsDocument } from "./queue.gen.ts";

const grid = (name = "All departments") => screen.findByRole("grid", { name });
const numbers = async (name?: string) =>
  within(await grid(name))
    .getAllByRole("row")
    .map((each) => Number(/#(\d+)/.exec(each.textContent ?? "")?.[1]));

test("shows who waits, with proof, wait and number, and breaks no rule of accessibility", async () => {
  serveDesk(() => page([row(1, 0, { priority: "URGENT", level: "PASSWORD" }), row(2, 10, { requiredLevel: "CARD" })]));
  const { container } = renderDesk("/queue/all");
  expect(await numbers()).toEqual([1, 2]);
  const [first, second] = screen.getAllByRole("row");
  expect(within(first as HTMLElement).getByRole("img", { name: "Account password proved" })).toBeInTheDocument();
  expect(first).toHaveTextContent("Urgent");
  expect(second).toHaveTextContent("proof needed");
  await expectNoViolations(container);
});

test("a new ticket enters in its fair place, without another question to the server", async () => {
  const { asked, push } = serveDesk(() => page([row(1, 0), row(3, 30)]));
  renderDesk("/queue/all");
  expect(await numbers()).toEqual([1, 3]);
  await push({ number: 2, ticket: row(2, 15) });
  await waitFor(async () => expect(await numbers()).toEqual([1, 2, 3]));
  await push({ number: 4, ticket: row(4, 40, { priority: "URGENT" }) });
  await waitFor(async () => expect(await numbers()).toEqual([4, 1, 2, 3]));
  expect(asked).toHaveLength(1);
});

test("a ticket that was answered, transferred or withdrawn leaves the list", async () => {
  const { push } = serveDesk(() => page([row(1, 0), row(2, 10), row(3, 20), row(4, 30)]));
  renderDesk("/queue/support");
  expect(await numbers("Support")).toEqual([1, 2, 3, 4]);
  await push({ number: 2, ticket: row(2, 10, { status: statuses.asked }) });
  await push({ number: 3, ticket: row(3, 20, { department: billing }) });
  await push({ number: 4, ticket: null });
  await waitFor(async () => expect(await numbers("Support")).toEqual([1]));
});

test("a ticket beyond the pages that are loaded does not stand at the end of them", async () => {
  const { push } = serveDesk(({ after }) =>
    after === null ? page([row(1, 0), row(2, 10)], "end") : page([row(9, 50)]),
  );
  renderDesk("/queue/all");
  await waitFor(async () => expect(await numbers()).toEqual([1, 2, 9]));
  await push({ number: 5, ticket: row(5, 30) });
  await push({ number: 10, ticket: row(10, 59) });
  await waitFor(async () => expect(await numbers()).toEqual([1, 2, 5, 9, 10]));
});

test("a colleague who takes a ticket shows in its row, and it leaves the unassigned", async () => {
  const { push } = serveDesk(() => page([row(1, 0), row(2, 10)]));
  renderDesk("/queue/all?unassigned=true");
  expect(await numbers("Unassigned")).toEqual([1, 2]);
  await push({ number: 1, ticket: row(1, 0, { assignee: dana }) });
  await waitFor(async () => expect(await numbers("Unassigned")).toEqual([2]));
});

test("what is assigned to the viewer comes into their own list, what is taken away goes", async () => {
  const { push } = serveDesk(() => page([row(1, 0, { assignee: mara })]));
  renderDesk("/queue/all?mine=true");
  expect(await numbers("Assigned to me")).toEqual([1]);
  await push({ number: 2, ticket: row(2, 10, { assignee: mara }) });
  await waitFor(async () => expect(await numbers("Assigned to me")).toEqual([1, 2]));
  await push({ number: 1, ticket: row(1, 0, { assignee: dana }) });
  await waitFor(async () => expect(await numbers("Assigned to me")).toEqual([2]));
});

test("the reader's row stays where it is when an urgent ticket comes in above it", async () => {
  const rows = Array.from({ length: 40 }, (_, index) => row(index + 1, index));
  const { push } = serveDesk(() => page(rows));
  renderDesk("/queue/all");
  const element = await grid();
  element.scrollTop = 440;
  element.dispatchEvent(new Event("scroll"));
  await push({ number: 99, ticket: row(99, 50, { priority: "CRITICAL" }) });
  await waitFor(() => expect(element.scrollTop).toBe(484));
});

test("keys move through the list and open tickets; the address follows", async () => {
  serveDesk(() => page([row(1, 0), row(2, 10), row(3, 20)]));
  serveTicket(ticket(2));
  const { user, address } = renderDesk("/queue/all");
  const element = await grid();
  await user.keyboard("j");
  expect(element).toHaveFocus();
  expect(active(element)).toHaveTextContent("#1");
  await user.keyboard("{ArrowDown}{ArrowDown}k");
  expect(active(element)).toHaveTextContent("#2");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(address()).toBe("/queue/all?ticket=2"));
  expect(await screen.findByRole("heading", { name: "Subject 2" })).toBeInTheDocument();
  serveTicket(ticket(3));
  await user.keyboard("j");
  await waitFor(() => expect(address()).toBe("/queue/all?ticket=3"));
  await user.keyboard("u");
  await waitFor(() => expect(address()).toBe("/queue/all"));
});

test("two hundred changes bring rows and counts, and the server is asked for neither", async () => {
  const waiting = (departmentId: string, count: number) => ({
    __typename: "ViewCount" as const,
    departmentId,
    view: "WAITING" as const,
    mine: false,
    unassigned: false,
    count,
  });
  const { asked, counted, push } = serveDesk(
    () => page([row(1, 0), ...[51, 52, 53, 54, 55].map((number) => row(number, 59, { department: billing }))]),
    [waiting("support", 1), waiting("billing", 5)],
  );
  const { container } = renderDesk("/queue/all");
  const shown = (words: string) => waitFor(() => expect(container.querySelector(".chip")).toHaveTextContent(words));
  await shown("6 waiting");
  for (let change = 1; change <= 200; change += 1) {
    const number = 2 + (change % 10);
    const counts = {
      __typename: "DepartmentCounts" as const,
      departmentId: "support",
      counts: [waiting("support", 1 + Math.min(change, 10))],
    };
    await push({ number, ticket: row(number, change % 60), counts: change % 10 === 0 ? [counts] : null });
    await new Promise((resolve) => setTimeout(resolve));
  }
  await shown("16 waiting");
  await waitFor(async () => expect(await numbers()).toHaveLength(16));
  const emptied = { __typename: "DepartmentCounts" as const, departmentId: "billing", counts: [] };
  await push({ number: 300, ticket: row(300, 10, { department: billing, status: statuses.asked }), counts: [emptied] });
  await shown("11 waiting");
  expect(asked).toHaveLength(1);
  // Once with the page, and once more when what came with it is settled.
  expect(counted.times).toBeLessThanOrEqual(2);
});

test("an empty queue says so, and where else to look", async () => {
  serveDesk(() => page([]));
  const { user, address } = renderDesk("/queue/support");
  expect(await screen.findByText("Nobody is waiting here")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Look at those that wait for the client" }));
  await waitFor(() => expect(address()).toBe("/queue/support?view=WAITING_FOR_CLIENT"));
});

function active(element: HTMLElement): HTMLElement | null {
  return document.getElementById(element.getAttribute("aria-activedescendant") ?? "");
}

test("a list that is shorter than the server counts it is read anew, once", async () => {
  let lost = true;
  const { asked } = serveDesk(() => page(lost ? [row(1, 0), row(3, 20)] : [row(1, 0), row(2, 10), row(3, 20)]));
  server.use(
    api.query(ViewCountsDocument, () =>
      HttpResponse.json({
        data: {
          __typename: "Query",
          viewCounts: [
            {
              __typename: "ViewCount",
              departmentId: "support",
              view: "WAITING",
              mine: false,
              unassigned: false,
              count: 3,
            },
          ],
        },
      }),
    ),
  );
  renderDesk("/queue/all");
  expect(await numbers()).toEqual([1, 3]);
  lost = false;
  await waitFor(async () => expect(await numbers()).toEqual([1, 2, 3]), { timeout: 10_000 });
  expect(asked).toHaveLength(2);
}, 15_000);

test("a list that is longer than the server counts it is read anew too", async () => {
  let stale = true;
  const one = { departmentId: "support", view: "WAITING" as const, mine: false, unassigned: false, count: 1 };
  const { asked } = serveDesk(
    () => page(stale ? [row(1, 0), row(2, 10)] : [row(1, 0)]),
    [{ __typename: "ViewCount", ...one }],
  );
  renderDesk("/queue/all");
  expect(await numbers()).toEqual([1, 2]);
  stale = false;
  await waitFor(async () => expect(await numbers()).toEqual([1]), { timeout: 10_000 });
  expect(asked).toHaveLength(2);
}, 15_000);
