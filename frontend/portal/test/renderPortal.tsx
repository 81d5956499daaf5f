import type { Messages } from "@lingui/core";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { waitFor } from "@testing-library/react";
import { HttpResponse } from "msw/http";
import { expect, vi } from "vitest";
import { renderWithServer } from "../../shared/test/render.tsx";
import { api, server } from "../../shared/test/server.ts";
import { createPortalRouter } from "../router.tsx";
import { MyTicketsChangedDocument } from "../ticketLine.gen.ts";
import { VisitorProvider } from "../VisitorProvider.tsx";
import { CompanyChangedDocument, type CompanyPartsFragment, WhoVisitsDocument } from "../visitor.gen.ts";
import type { Viewer } from "../visitor.ts";
import { ann, company } from "./fixtures.ts";

interface Options {
  /** null is a guest. */
  viewer?: Viewer | null;
  /** The session ended behind the page's back. */
  hasEnded?: boolean;
  priorityChoice?: boolean;
  language?: { tag: string; messages: Messages };
}

/** The whole portal at an address, as a visitor finds it. */
export function renderPortal(path: string, options: Options = {}) {
  const { viewer = ann, hasEnded = false, priorityChoice = false, language } = options;
  let publish: ((changed: CompanyPartsFragment) => void) | undefined;
  server.use(
    api.subscription(CompanyChangedDocument, ({ subscription }) => {
      publish = (companyChanged) => subscription.publish({ data: { companyChanged } as never });
    }),
    api.query(WhoVisitsDocument, () => {
      const visits = viewer && !hasEnded ? { __typename: "Viewer" as const, id: viewer.id } : null;
      return HttpResponse.json({ data: { __typename: "Query", viewer: visits } });
    }),
    api.subscription(MyTicketsChangedDocument, () => undefined),
  );
  const router = createPortalRouter(createMemoryHistory({ initialEntries: [path] }));
  const visitor = { company: { ...company, priorityChoice }, viewer, refetch: vi.fn() };
  const speak = vi.fn(async (_tag: string) => undefined);
  const rendered = renderWithServer(
    <VisitorProvider visitor={visitor} speak={speak}>
      <RouterProvider router={router} />
    </VisitorProvider>,
    { language },
  );
  /** The company changes while the visitor looks on. */
  const changeCompany = async (changed: CompanyPartsFragment) => {
    await waitFor(() => expect(publish).toBeDefined());
    publish?.(changed);
  };
  return { ...rendered, router, visitor, speak, changeCompany };
}
