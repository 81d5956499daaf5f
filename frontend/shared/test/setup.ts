import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { server } from "./server.ts";

// jsdom has no layout; these are the calls that components make on it.
Element.prototype.scrollIntoView = () => {};
window.scrollTo = () => {};
HTMLCanvasElement.prototype.getContext = () => null;
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
window.matchMedia ??= (query: string) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
  }) as MediaQueryList;

// A page is imported within the test that opens it, which takes its time on a busy machine; a passing test never waits.
configure({ asyncUtilTimeout: 8_000 });

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
beforeEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in jsdom, and the server sets it the same way.
  document.cookie = "countersign_csrf=test-token; path=/";
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  sessionStorage.clear();
  localStorage.clear();
});
afterAll(() => server.close());
