import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { withWords } from "../shared/security/withWords.ts";
import { withLifecycleWords } from "./features/admin/lifecycle/withLifecycleWords.ts";
import { parseNumber, parseQueueSearch } from "./features/queue/views.ts";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { PageFailed } from "./PageFailed.tsx";
import { QueueScreen } from "./QueueScreen.tsx";
import { Shell } from "./Shell.tsx";
import { TicketScreen } from "./TicketScreen.tsx";
import { ViewsScreen } from "./ViewsScreen.tsx";
import { withOffice } from "./withOffice.ts";

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

const security = createRoute({
  getParentRoute: () => root,
  path: "/security",
  component: lazyRouteComponent(() => withWords(import("./features/security/SecurityScreen.tsx")), "SecurityScreen"),
});

const away = createRoute({
  getParentRoute: () => root,
  path: "/away",
  component: lazyRouteComponent(() => withOffice(import("./AwayScreen.tsx")), "AwayScreen"),
});

const thanks = createRoute({
  getParentRoute: () => root,
  path: "/thanks",
  component: lazyRouteComponent(() => withOffice(import("./ThanksScreen.tsx")), "ThanksScreen"),
});

const team = createRoute({
  getParentRoute: () => root,
  path: "/team",
  component: lazyRouteComponent(() => withOffice(import("./features/routing/TeamPage.tsx")), "TeamPage"),
});

const projects = createRoute({
  getParentRoute: () => root,
  path: "/projects",
  component: lazyRouteComponent(() => withOffice(import("./features/routing/ProjectsPage.tsx")), "ProjectsPage"),
});

const admin = createRoute({
  getParentRoute: () => root,
  path: "/admin",
  component: lazyRouteComponent(() => import("./features/admin/AdminScreen.tsx"), "AdminScreen"),
});

const adminHome = createRoute({
  getParentRoute: () => admin,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/admin/departments", replace: true });
  },
});

const departments = createRoute({
  getParentRoute: () => admin,
  path: "/departments",
  component: lazyRouteComponent(() => import("./features/admin/DepartmentsPage.tsx"), "DepartmentsPage"),
});

/** `new` in place of an id makes a new one; the same for staff. */
const department = createRoute({
  getParentRoute: () => admin,
  path: "/departments/$id",
  component: lazyRouteComponent(() => import("./features/admin/DepartmentPage.tsx"), "DepartmentPage"),
});

const staff = createRoute({
  getParentRoute: () => admin,
  path: "/staff",
  component: lazyRouteComponent(() => import("./features/admin/StaffPage.tsx"), "StaffPage"),
});

const member = createRoute({
  getParentRoute: () => admin,
  path: "/staff/$id",
  component: lazyRouteComponent(() => import("./features/admin/MemberPage.tsx"), "MemberPage"),
});

const routing = createRoute({
  getParentRoute: () => admin,
  path: "/routing",
  component: lazyRouteComponent(() => withOffice(import("./features/routing/RoutingPage.tsx")), "RoutingPage"),
});

const brand = createRoute({
  getParentRoute: () => admin,
  path: "/brand",
  component: lazyRouteComponent(() => import("./features/admin/BrandPage.tsx"), "BrandPage"),
});

const language = createRoute({
  getParentRoute: () => admin,
  path: "/language",
  component: lazyRouteComponent(() => import("./features/admin/LanguagePage.tsx"), "LanguagePage"),
});

const lifecycle = createRoute({
  getParentRoute: () => admin,
  path: "/lifecycle",
  component: lazyRouteComponent(
    () => withLifecycleWords(import("./features/admin/lifecycle/LifecyclePage.tsx")),
    "LifecyclePage",
  ),
});

const hours = createRoute({
  getParentRoute: () => admin,
  path: "/hours",
  component: lazyRouteComponent(() => withLifecycleWords(import("./features/admin/hours/HoursPage.tsx")), "HoursPage"),
});

const proof = createRoute({
  getParentRoute: () => admin,
  path: "/proof",
  component: lazyRouteComponent(() => import("./features/admin/ProofPage.tsx"), "ProofPage"),
});

const cards = createRoute({
  getParentRoute: () => admin,
  path: "/cards",
  component: lazyRouteComponent(() => import("./features/admin/CardsPage.tsx"), "CardsPage"),
});

const panel = createRoute({
  getParentRoute: () => admin,
  path: "/panel",
  component: lazyRouteComponent(() => withLifecycleWords(import("./features/admin/PanelPage.tsx")), "PanelPage"),
});

const tokens = createRoute({
  getParentRoute: () => admin,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./features/admin/TokensPage.tsx"), "TokensPage"),
});

const mailIn = createRoute({
  getParentRoute: () => admin,
  path: "/mail-in",
  component: lazyRouteComponent(
    () => withLifecycleWords(import("./features/admin/mailIn/MailInPage.tsx")),
    "MailInPage",
  ),
});

const files = createRoute({
  getParentRoute: () => admin,
  path: "/files",
  component: lazyRouteComponent(() => withLifecycleWords(import("./features/admin/files/FilesPage.tsx")), "FilesPage"),
});

const securityRules = createRoute({
  getParentRoute: () => admin,
  path: "/security",
  component: lazyRouteComponent(() => import("./features/admin/SecurityPage.tsx"), "SecurityPage"),
});

const routeTree = root.addChildren([
  home,
  views,
  queue,
  ticket,
  search,
  security,
  away,
  thanks,
  team,
  projects,
  admin.addChildren([
    adminHome,
    departments,
    department,
    staff,
    member,
    routing,
    brand,
    language,
    lifecycle,
    hours,
    proof,
    cards,
    panel,
    tokens,
    mailIn,
    files,
    securityRules,
  ]),
]);

/** `history` is the browser's own, unless a test brings one. */
export function createDeskRouter(history: RouterHistory = createBrowserHistory()) {
  return createRouter({ routeTree, history, basepath: "/desk", defaultPreload: "intent", scrollRestoration: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
