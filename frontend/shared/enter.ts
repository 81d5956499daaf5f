import { send } from "./session.ts";

/** A way to give a second factor, as the server calls it. */
export type FactorKind = "totp" | "passkey" | "recovery";

/** What became of a way in; `refused` has the server's own words. */
export type Entry =
  | { kind: "signed_in"; side: "client" | "staff"; setsUp: boolean }
  | { kind: "second_step"; needs: FactorKind[] }
  | { kind: "refused"; code: string; message: string }
  | { kind: "too_many_tries" }
  | { kind: "offline" }
  | { kind: "surprise"; errorId: string | null };

/** Trades e-mail address and password for the session cookie. Load the page anew afterwards: nothing cached may stay. */
export function signIn(email: string, password: string): Promise<Entry> {
  return enter("/session", { email, password });
}

/** The second of two steps, in the browser that took the first. */
export function giveSecondFactor(kind: FactorKind, answer: string): Promise<Entry> {
  return enter("/session/second-step", { kind, answer });
}

/** By what a passkey signed, alone. */
export function signInByPasskey(answer: string): Promise<Entry> {
  return enter("/session/passkey", { answer });
}

/** By a mailed link; one that sets a password takes it along. */
export function signInByLink(token: string, password?: string): Promise<Entry> {
  return enter("/session/link", { token, password: password ?? null });
}

/** As a guest, to one's own requests. */
export function signInByCode(email: string, code: string): Promise<Entry> {
  return enter("/session/guest", { email, code });
}

/** Asks for a link by mail. That it was asked for is all that the answer tells. */
export async function askForLink(
  email: string,
  purpose: "reset_password" | "sign_in" | "guest_access",
): Promise<Entry | { kind: "asked" }> {
  const response = await send("POST", "/session/ask", { email, purpose });
  return response?.status === 202 ? { kind: "asked" } : refusalOf(response);
}

/** What the browser needs to use a passkey; undefined where the server gave none. */
export async function passkeyOptions(asSecondStep: boolean): Promise<string | undefined> {
  const response = await send("POST", asSecondStep ? "/session/second-step/options" : "/session/passkey/options", {});
  if (response?.status !== 200) return undefined;
  return ((await response.json()) as { options: string }).options;
}

async function enter(path: string, body: object): Promise<Entry> {
  const response = await send("POST", path, body);
  if (response?.status === 201) {
    const { side, sets_up } = (await response.json()) as { side: "client" | "staff"; sets_up?: boolean };
    return { kind: "signed_in", side, setsUp: sets_up === true };
  }
  if (response?.status === 202) {
    const { needs } = (await response.json()) as { needs: FactorKind[] };
    return { kind: "second_step", needs };
  }
  return refusalOf(response);
}

async function refusalOf(response: Response | undefined): Promise<Entry> {
  if (!response) return { kind: "offline" };
  if (response.status === 429) return { kind: "too_many_tries" };
  const body = await bodyOf(response);
  if (response.status < 500 && typeof body["code"] === "string" && response.status !== 404) {
    return { kind: "refused", code: body["code"], message: String(body["message"] ?? "") };
  }
  const id = body["errorId"] ?? body["error_id"];
  return { kind: "surprise", errorId: typeof id === "string" ? id : null };
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    // A proxy's own error page is no JSON and has no id.
    return {};
  }
}
