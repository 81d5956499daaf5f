import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { withWords } from "../shared/security/withWords.ts";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { PageFailed } from "./PageFailed.tsx";
import { Shell } from "./Shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: PageFailed });

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./features/home/HomePage.tsx"), "HomePage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  // `next` is a path of this portal to go on to.
  validateSearch: (search): { next?: string } => ({ next: text(search["next"]) }),
  component: lazyRouteComponent(() => import("./features/session/SignInPage.tsx"), "SignInPage"),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: "/forgotten",
  component: lazyRouteComponent(() => withWords(import("./features/session/ForgottenPage.tsx")), "ForgottenPage"),
});

const access = createRoute({
  getParentRoute: () => root,
  path: "/access",
  validateSearch: (search): { next?: string } => ({ next: text(search["next"]) }),
  component: lazyRouteComponent(() => withWords(import("./features/session/AccessPage.tsx")), "AccessPage"),
});

const newRequest = createRoute({
  getParentRoute: () => root,
  path: "/new",
  validateSearch: (search): { department?: string; kind?: string; subject?: string } => ({
    department: text(search["department"]),
    kind: text(search["kind"]),
    subject: text(search["subject"]),
  }),
  component: lazyRouteComponent(() => withWords(import("./features/tickets/NewRequestPage.tsx")), "NewRequestPage"),
});

const sent = createRoute({
  getParentRoute: () => root,
  path: "/sent/$number",
  component: lazyRouteComponent(() => withWords(import("./features/tickets/SentPage.tsx")), "SentPage"),
});

const myRequests = createRoute({
  getParentRoute: () => root,
  path: "/tickets",
  validateSearch: (search): { q?: string; after?: string } => ({ q: text(search["q"]), after: text(search["after"]) }),
  component: lazyRouteComponent(() => withWords(import("./features/tickets/MyRequestsPage.tsx")), "MyRequestsPage"),
});

const ticket = createRoute({
  getParentRoute: () => root,
  path: "/tickets/$number",
  component: lazyRouteComponent(() => withWords(import("./features/tickets/TicketPage.tsx")), "TicketPage"),
});

const security = createRoute({
  getParentRoute: () => root,
  path: "/security",
  component: lazyRouteComponent(() => withWords(import("./features/security/SecurityPage.tsx")), "SecurityPage"),
});

const link = createRoute({
  getParentRoute: () => root,
  path: "/link/$token",
  component: lazyRouteComponent(() => withWords(import("./features/links/LinkPage.tsx")), "LinkPage"),
});

const supportPin = createRoute({
  getParentRoute: () => root,
  path: "/support-pin",
  component: lazyRouteComponent(() => withWords(import("./features/pin/SupportPinPage.tsx")), "SupportPinPage"),
});

const routeTree = root.addChildren([
  home,
  signIn,
  forgotten,
  access,
  newRequest,
  sent,
  myRequests,
  ticket,
  security,
  link,
  supportPin,
]);

/** `history` is the browser's own when none is given. */
export function createPortalRouter(history?: RouterHistory) {
  return createRouter({ routeTree, history, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
  interface HistoryState {
    /** Where the receipt of a new request goes. */
    receiptTo?: string;
    /** A guest named the account that the new request is about. */
    hasNamedAccount?: boolean;
    /** The closed request whose answer began this new one. */
    followsUp?: number;
  }
}
