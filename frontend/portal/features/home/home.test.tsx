import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, test } from "vitest";
import { messages } from "../../../shared/i18n/nl/portal.po";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { ann, company, ticket, waitingUntil } from "../../test/fixtures.ts";
import { renderPortal } from "../../test/renderPortal.tsx";
import { VisitorDocument } from "../../visitor.gen.ts";
import { HomeDocument } from "./home.gen.ts";

const status = (key: string, meaning: string) => ({ __typename: "Status", key, name: key, clientName: key, meaning });
const support = {
  __typename: "Department",
  id: "support",
  name: "Support",
  description: "Questions",
  mailAddress: "s@x.example",
};

const solved = ticket([], {
  id: "t1",
  number: 1031,
  subject: "Move it",
  status: status("solved", "SOLVED") as never,
});
const open = ticket([], { id: "t2", number: 1042, subject: "Form is broken" });
const waiting = ticket([], {
  id: "t3",
  number: 1038,
  subject: "New picture",
  ...waitingUntil("2030-01-03T10:00:00+00:00"),
});

function serve(tickets: object[], departments: object[] = [support]) {
  server.use(
    api.query(HomeDocument, ({ variables }) =>
      HttpResponse.json({
        data: {
          viewer: variables.signedIn ? { __typename: "Viewer", id: ann.id } : null,
          departments,
          ...(variables.signedIn && {
            myTickets: {
              __typename: "TicketConnection",
              edges: tickets.map((node) => ({ __typename: "TicketEdge", cursor: "c", node })),
              pageInfo: { __typename: "PageInfo", hasNextPage: false, endCursor: null },
            },
          }),
        } as never,
      }),
    ),
  );
}

test("it greets by the given name and shows what waits for the client first", async () => {
  serve([solved, open, waiting]);
  renderPortal("/");
  expect(await screen.findByRole("heading", { name: "What do you need, Ann?" })).toBeInTheDocument();
  const section = await screen.findByRole("region", { name: "Your requests" });
  const rows = within(section).getAllByRole("listitem");
  expect(rows.map((row) => row.querySelector(".subject")?.textContent)).toEqual([
    "New picture",
    "Form is broken",
    "Move it",
  ]);
  expect(rows[0]).toHaveTextContent(/Waiting for you until .*3.* 2030/);
});

test("a great many departments are folded, and opened by one button", async () => {
  const many = Array.from({ length: 40 }, (_, index) => ({ ...support, id: `d${index}`, name: `Team ${index}` }));
  serve([], many);
  const { user } = renderPortal("/");
  const list = await screen.findByRole("navigation", { name: "Departments" });
  expect(within(list).getAllByRole("link")).toHaveLength(12);
  await user.click(within(list).getByRole("button", { name: "Show all 40 departments" }));
  expect(within(list).getAllByRole("link")).toHaveLength(40);
});

test("what one types goes on as the subject of the new request", async () => {
  serve([]);
  const { user, router } = renderPortal("/");
  await user.type(await screen.findByLabelText("Describe it in a few words"), "MX records{Enter}");
  await waitFor(() => expect(router.state.location.search).toEqual({ subject: "MX records" }));
  expect(router.state.location.pathname).toBe("/new");
});

test("a guest sees the departments on offer, a way to sign in, and no requests", async () => {
  serve([], [{ ...support, id: "pre", name: "Pre-sales" }]);
  renderPortal("/", { viewer: null });
  expect(await screen.findByRole("link", { name: /Pre-sales/ })).toHaveAttribute("href", "/new?department=pre");
  const question = screen.getByText(/Are you a client\?/);
  expect(within(question).getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in");
  expect(screen.queryByRole("heading", { name: "Your requests" })).not.toBeInTheDocument();
});

test("a change of the company's looks shows at once, without a reload", async () => {
  serve([]);
  const { changeCompany } = renderPortal("/", { viewer: null });
  await screen.findByRole("link", { name: /Support/ });
  await changeCompany({
    ...company,
    brand: { ...company.brand, name: "Anchor & Sons", stylesheetUrl: "/brand/two.css" },
  });
  expect(await screen.findByRole("link", { name: "Anchor & Sons" })).toBeInTheDocument();
  expect(document.title).toBe("Anchor & Sons");
  expect(document.head.querySelector('link[href="/brand/two.css"]')).toBeInTheDocument();
});

test("a new language of the company is spoken at once, but not by those who have chosen their own", async () => {
  serve([]);
  const { changeCompany, speak } = renderPortal("/");
  server.use(
    api.query(VisitorDocument, () =>
      HttpResponse.json({
        data: {
          __typename: "Query",
          company: { ...company, language: "nl" },
          viewer: { ...ann, language: "nl" },
        },
      }),
    ),
  );
  await screen.findByRole("link", { name: /^Support\s*Questions/ });
  await changeCompany({ ...company, language: "nl" });
  await waitFor(() => expect(speak).toHaveBeenLastCalledWith("nl"));
  server.use(
    api.query(VisitorDocument, () =>
      HttpResponse.json({ data: { __typename: "Query", company, viewer: { ...ann, language: "nl" } } }),
    ),
  );
  await changeCompany(company);
  await waitFor(() => expect(speak).toHaveBeenCalledTimes(2));
  expect(speak).toHaveBeenLastCalledWith("nl");
});

test("axe finds nothing on the start page, in English and in Dutch", async () => {
  serve([open, waiting]);
  const english = renderPortal("/");
  await screen.findByRole("region", { name: "Your requests" });
  await expectNoViolations();
  english.unmount();

  renderPortal("/", { language: { tag: "nl", messages } });
  expect(await screen.findByRole("heading", { name: "Waarmee kunnen we u helpen, Ann?" })).toBeInTheDocument();
  await screen.findByRole("region", { name: "Uw verzoeken" });
  await expectNoViolations();
});
