import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { configure, waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import type { ReactNode } from "react";
import { useQuery } from "urql";
import { expect, vi } from "vitest";
import { renderWithServer } from "../../shared/test/render.tsx";
import { api, server } from "../../shared/test/server.ts";
import { deskRules } from "../cacheRules.ts";
import { type Desk, DeskContext } from "../desk.ts";
import {
  QueueChangedDocument,
  type QueueChangedSubscription,
  QueueDocument,
  type QueueQueryVariables,
  UnfinishedCountDocument,
  ViewCountsDocument,
  type ViewCountsQuery,
} from "../features/queue/queue.gen.ts";
import { BesideTicketDocument } from "../features/ticket/held.gen.ts";
import { DeskTicketChangedDocument, DeskTicketDocument, MembersDocument } from "../features/ticket/ticket.gen.ts";
import { createDeskRouter } from "../router.tsx";
import type { RowPartsFragment } from "../row.gen.ts";
import { DeskCompanyChangedDocument, DeskDepartmentsDocument, DeskStartDocument } from "../start.gen.ts";
import { billing, company, dana, mara, type page, support, viewer } from "./fixtures.ts";

// The whole desk is loaded and drawn here, on machines that are busy with other things too.
configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 20_000 });

/** The desk at an address under /desk, with the server as `serveDesk` made it. */
export function renderDesk(path: string, changes: Partial<Desk> = {}) {
  // jsdom has no layout: every element is as high as ten rows.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(440);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(440);
  const history = createMemoryHistory({ initialEntries: [`/desk${path}`] });
  const router = createDeskRouter(history);
  const speak = vi.fn(async (_tag: string) => undefined);
  const rendered = renderWithServer(
    <DeskContext value={{ company, viewer, refetch: () => undefined, speak, ...changes }}>
      <Started>
        <RouterProvider router={router} />
      </Started>
    </DeskContext>,
    { rules: deskRules() },
  );
  return { ...rendered, router, speak, address: () => history.location.href.replace(/^\/desk/, "") };
}

/** As on the real page, the cache knows the viewer before anything is shown. */
function Started({ children }: { children: ReactNode }) {
  const [{ data }] = useQuery({ query: DeskStartDocument });
  return data ? children : null;
}

type Change = Pick<QueueChangedSubscription["queueChanged"], "number"> & {
  ticket: RowPartsFragment | null;
  counts?: QueueChangedSubscription["queueChanged"]["counts"];
};

/** A server with queues that a function answers; returns how to push changes and what was asked for. */
export function serveDesk(
  queue: (variables: QueueQueryVariables) => ReturnType<typeof page>,
  viewCounts: ViewCountsQuery["viewCounts"] = [],
) {
  const asked: QueueQueryVariables[] = [];
  const counted = { times: 0 };
  const members = [mara, dana].map((person) => ({
    __typename: "Member",
    id: `member-${person.id}`,
    active: true,
    you: person.id === viewer.id,
    role: "AGENT",
    person,
    departments: [support],
    presence: { __typename: "Presence", state: person.id === "dana" ? "AWAY" : "IN" },
  }));
  let publish: ((change: Change) => void) | undefined;
  let changeCompany: ((changes: object) => void) | undefined;
  server.use(
    api.query(BesideTicketDocument, ({ variables: { number } }) => {
      const nothing = { __typename: "Ticket", id: `t${number}`, number, heldMails: [], copies: [] };
      return HttpResponse.json({ data: { ticket: nothing } as never });
    }),
    api.query(QueueDocument, ({ variables }) => {
      asked.push(variables);
      return HttpResponse.json({ data: { queue: queue(variables) } as never });
    }),
    api.query(DeskStartDocument, () => HttpResponse.json({ data: { company, viewer, security: null } as never })),
    api.query(UnfinishedCountDocument, () => HttpResponse.json({ data: { unfinishedCount: 0 } as never })),
    api.query(ViewCountsDocument, () => {
      counted.times += 1;
      return HttpResponse.json({ data: { viewCounts } as never });
    }),
    api.query(DeskDepartmentsDocument, () =>
      HttpResponse.json({
        data: {
          departments: [support, billing].map((each, position) => ({ ...each, position, archivedAt: null })),
        } as never,
      }),
    ),
    api.query(MembersDocument, () => HttpResponse.json({ data: { members } as never })),
    api.subscription(QueueChangedDocument, ({ subscription }) => {
      publish = (change) =>
        subscription.publish({
          data: {
            queueChanged: { __typename: "TicketChange", type: "TicketOpened", counts: null, ...change },
          } as never,
        });
    }),
    api.subscription(DeskTicketChangedDocument, () => undefined),
    api.subscription(DeskCompanyChangedDocument, ({ subscription }) => {
      changeCompany = (changes) =>
        subscription.publish({ data: { companyChanged: { ...company, ...changes } } as never });
    }),
  );
  return {
    asked,
    counted,
    push: async (change: Change) => {
      await waitFor(() => expect(publish).toBeDefined());
      publish?.(change);
    },
    changeCompany: async (changes: object) => {
      await waitFor(() => expect(changeCompany).toBeDefined());
      changeCompany?.(changes);
    },
  };
}

/** The ticket that the page of a number shows. */
export function serveTicket(ticket: object | null): void {
  server.use(api.query(DeskTicketDocument, () => HttpResponse.json({ data: { ticket } as never })));
}
