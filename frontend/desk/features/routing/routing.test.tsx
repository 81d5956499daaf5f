import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { beforeEach, expect, test } from "vitest";
import { expectNoViolations } from "../../../shared/test/axe.ts";
import { api, server } from "../../../shared/test/server.ts";
import { dana, mara, page, row, ticket, viewer } from "../../test/fixtures.ts";
import { renderDesk, serveDesk, serveTicket } from "../../test/renderDesk.tsx";
import { TakeOverDocument } from "../ticket/routing.gen.ts";
import { RoutesDocument, SetRoutesDocument } from "./routes.gen.ts";
import {
  HandBackAllDocument,
  SetAbsenceDocument,
  SetHoursDocument,
  TakeOverOneDocument,
  TeamDocument,
  UnfinishedWorkDocument,
} from "./routing.gen.ts";

beforeEach(() => {
  serveDesk(() => page([]));
});

const away = { state: "AWAY", until: null, reason: "Ill" };

function presence(changes: object = {}) {
  return {
    __typename: "Presence",
    state: "IN",
    until: null,
    reason: "",
    timeZone: null,
    capacity: null,
    openTickets: 2,
    shifts: [],
    absences: [],
    ...changes,
  };
}

function member(person: typeof mara, changes: object = {}) {
  return {
    __typename: "Member",
    id: `member-${person.id}`,
    you: person.id === viewer.id,
    active: true,
    role: "AGENT",
    person,
    departments: [],
    presence: presence(),
    ...changes,
  };
}

function work(person: typeof mara, state: object, numbers: number[]) {
  return {
    __typename: "ColleagueWork",
    count: numbers.length,
    member: { __typename: "Member", id: `member-${person.id}`, person, presence: { __typename: "Presence", ...state } },
    tickets: numbers.map((number) => row(number, 0, { assignee: person })),
  };
}

test("the work of who is away is taken over by key, and handed back with one click", async () => {
  const taken: object[] = [];
  let unfinished = { away: [work(dana, away, [1, 2])], back: [] as object[] };
  server.use(
    api.query(UnfinishedWorkDocument, () =>
      HttpResponse.json({ data: { unfinishedWork: { __typename: "UnfinishedWork", ...unfinished } } as never }),
    ),
    api.mutation(TakeOverOneDocument, ({ variables }) => {
      taken.push(variables);
      unfinished = { away: [], back: [work(dana, { ...away, state: "IN" }, [1])] };
      return HttpResponse.json({ data: { takeOver: row(1, 0, { assignee: mara }) } as never });
    }),
    api.mutation(HandBackAllDocument, ({ variables }) => {
      taken.push(variables);
      unfinished = { away: [], back: [] };
      return HttpResponse.json({ data: { handBackAll: { __typename: "ChangedHands", numbers: [1] } } as never });
    }),
  );
  const { user, container } = renderDesk("/away");
  const left = await screen.findByRole("region", { name: "Left by Dana Whitaker" });
  expect(within(left).getByText("Ill")).toBeInTheDocument();
  await expectNoViolations(container);
  within(left)
    .getByRole("link", { name: /Subject 1/ })
    .focus();
  await user.keyboard("{Shift>}T{/Shift}");
  const back = await screen.findByRole("region", { name: "Dana Whitaker is back" });
  await user.click(within(back).getByRole("button", { name: "Hand back the ticket" }));
  expect(await screen.findByText("Nothing lies undone")).toBeInTheDocument();
  expect(taken).toEqual([{ number: 1 }, { memberId: "member-dana" }]);
});

test("one says when one is away and when one works; how much one gets is for leads to say", async () => {
  const said: object[] = [];
  server.use(
    api.query(TeamDocument, () => HttpResponse.json({ data: { members: [member(dana), member(mara)] } as never })),
    api.mutation(SetAbsenceDocument, ({ variables }) => {
      said.push(variables);
      const absence = { __typename: "Absence", id: "a1", fromAt: variables.fromAt, untilAt: null, reason: "Ill" };
      const setAbsence = member(mara, { presence: presence({ ...away, absences: [absence] }) });
      return HttpResponse.json({ data: { setAbsence } as never });
    }),
    api.mutation(SetHoursDocument, ({ variables }) => {
      said.push(variables);
      return HttpResponse.json({ data: { setHours: member(mara) } as never });
    }),
  );
  const { user, container } = renderDesk("/team", { viewer: { ...viewer, memberRole: "AGENT" } });
  await user.click(await screen.findByRole("button", { name: "Your hours and absence" }));
  expect(screen.queryByRole("button", { name: "Hours and absence of Dana Whitaker" })).not.toBeInTheDocument();
  expect(screen.queryByLabelText(/^Open tickets at most/)).not.toBeInTheDocument();
  await user.type(screen.getByLabelText("Why, for colleagues"), "Ill");
  await user.click(screen.getByRole("button", { name: "I am away" }));
  expect(await screen.findByRole("button", { name: "I am back" })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Add hours on Saturday" }));
  await expectNoViolations(container);
  await user.click(screen.getByRole("button", { name: "Save the hours" }));
  await waitFor(() => expect(said).toHaveLength(2));
  expect(said[0]).toMatchObject({ memberId: "member-mara", untilAt: null, reason: "Ill" });
  expect(said[1]).toMatchObject({ shifts: [{ weekday: 5, begins: 540, ends: 1020 }], timeZone: null, capacity: null });
});

test("rules read as sentences; the four usual ones are a start, and each line can be filled in and moved", async () => {
  const saved: unknown[][] = [];
  server.use(
    api.query(RoutesDocument, () => HttpResponse.json({ data: { routes: [] } as never })),
    api.mutation(SetRoutesDocument, ({ variables }) => {
      saved.push([variables.routes].flat());
      return HttpResponse.json({ data: { setRoutes: { __typename: "Routes", routes: [] } } as never });
    }),
  );
  const { user, container } = renderDesk("/admin/routing");
  await user.click(await screen.findByRole("button", { name: "Start with the four usual rules" }));
  expect(screen.getByText(/^Project message/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Edit line 4" }));
  const line = screen.getByRole("group", { name: "Line 4" });
  await user.selectOptions(within(line).getByLabelText("in"), "Billing");
  await user.click(within(line).getByRole("checkbox", { name: "it is transferred to a department" }));
  await user.selectOptions(within(line).getByLabelText("Add a rule"), "who answered first");
  await user.click(within(line).getByRole("button", { name: "who answered first earlier" }));
  await expectNoViolations(container);
  await user.click(within(line).getByRole("button", { name: "Move line 4 up" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(saved).toHaveLength(1));
  expect(saved[0]?.[2]).toEqual({
    departmentId: "billing",
    category: "QUESTION",
    moments: ["OPENED"],
    steps: ["ANSWERED_FIRST", "NEXT_AVAILABLE"],
    offShift: false,
  });
});

test("a ticket says why it is with somebody, and who is away where it is given to another", async () => {
  const assignment = {
    __typename: "Assignment",
    sentence: "Assigned to Dana Whitaker because they answered first",
    byRule: true,
    assigneeAway: true,
    takenOverFrom: null,
  };
  const taken: object[] = [];
  const open = ticket(7, { assignee: dana, assignment });
  serveTicket({ ...open, abilities: { ...open.abilities, takeOver: true } });
  server.use(
    api.mutation(TakeOverDocument, ({ variables }) => {
      taken.push(variables);
      return HttpResponse.json({ data: { takeOver: { ...open, assignee: mara } } as never });
    }),
  );
  const { user } = renderDesk("/tickets/7");
  const pane = await screen.findByRole("region", { name: "Ticket #7" });
  expect(within(pane).getByText(/because they answered first\. Dana Whitaker is away\./)).toBeInTheDocument();
  await user.click(within(pane).getByRole("button", { name: "Assigned to Dana Whitaker" }));
  expect(await screen.findByText("Support · away")).toBeInTheDocument();
  await user.keyboard("{Escape}");
  await user.keyboard("{Shift>}T{/Shift}");
  await waitFor(() => expect(taken).toEqual([{ number: 7 }]));
});
