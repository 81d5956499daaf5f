import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { parseNumber, parseQueueSearch } from "./features/queue/views.ts";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { PageFailed } from "./PageFailed.tsx";
import { QueueScreen } from "./QueueScreen.tsx";
import { Shell } from "./Shell.tsx";
import { TicketScreen } from "./TicketScreen.tsx";
import { ViewsScreen } from "./ViewsScreen.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: PageFailed });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/queue/$departmentId", params: { departmentId: "all" }, replace: true });
  },
});

/** On a small screen the list of queues is a page of its own. */
const views = createRoute({ getParentRoute: () => root, path: "/views", component: ViewsScreen });

const queue = createRoute({
  getParentRoute: () => root,
  path: "/queue/$departmentId",
  validateSearch: parseQueueSearch,
  component: QueueScreen,
});

const ticket = createRoute({
  getParentRoute: () => root,
  path: "/tickets/$number",
  component: TicketScreen,
});

const search = createRoute({
  getParentRoute: () => root,
  path: "/search",
  validateSearch: (search): { q?: string | undefined; ticket?: number | undefined } => ({
    q: search["q"] === undefined || search["q"] === "" ? undefined : String(search["q"]),
    ticket: parseNumber(search["ticket"]),
  }),
  component: lazyRouteComponent(() => import("./SearchScreen.tsx"), "SearchScreen"),
});

const routeTree = root.addChildren([home, views, queue, ticket, search]);

export function createDeskRouter() {
  return createRouter({ routeTree, basepath: "/desk", defaultPreload: "intent", scrollRestoration: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
