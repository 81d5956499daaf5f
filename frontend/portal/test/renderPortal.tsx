import type { Messages } from "@lingui/core";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { vi } from "vitest";
import { renderWithServer } from "../../shared/test/render.tsx";
import { api, server } from "../../shared/test/server.ts";
import { createPortalRouter } from "../router.tsx";
import { MyTicketsChangedDocument } from "../ticketLine.gen.ts";
import { CompanyChangedDocument } from "../visitor.gen.ts";
import { type Viewer, VisitorContext } from "../visitor.ts";
import { ann, company } from "./fixtures.ts";

interface Options {
  /** null is a guest. */
  viewer?: Viewer | null;
  priorityChoice?: boolean;
  language?: { tag: string; messages: Messages };
}

/** The whole portal at an address, as a visitor finds it. */
export function renderPortal(path: string, { viewer = ann, priorityChoice = false, language }: Options = {}) {
  server.use(
    api.subscription(CompanyChangedDocument, () => undefined),
    api.subscription(MyTicketsChangedDocument, () => undefined),
  );
  const router = createPortalRouter(createMemoryHistory({ initialEntries: [path] }));
  const visitor = { company: { ...company, priorityChoice }, viewer, refetch: vi.fn() };
  const rendered = renderWithServer(
    <VisitorContext value={visitor}>
      <RouterProvider router={router} />
    </VisitorContext>,
    { language },
  );
  return { ...rendered, router, visitor };
}
