/** The server sets this cookie on every answer to a GET and expects it back as a header on every POST and DELETE. */
const COOKIE = /^(?:__Host-)?countersign_csrf=/;

function fromCookie(): string | undefined {
  const found = document.cookie.split("; ").find((entry) => COOKIE.test(entry));
  return found && decodeURIComponent(found.replace(COOKIE, ""));
}

/** The token to send; asks the server for one when the browser has none (cookies cleared while the page was open). */
export async function csrfToken(): Promise<string> {
  const known = fromCookie();
  if (known) return known;
  await fetch("/health/live", { credentials: "same-origin", cache: "no-store" });
  return fromCookie() ?? "";
}

/** `fetch` for everything that writes: same origin, with the token. */
export async function fetchWithCsrf(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("x-csrftoken", await csrfToken());
  return fetch(input, { ...init, headers, credentials: "same-origin" });
}
