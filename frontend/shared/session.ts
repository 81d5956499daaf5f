import { connection } from "./gql/connection.ts";
import { fetchWithCsrf } from "./gql/csrf.ts";

export type SignIn =
  | { kind: "signed_in"; side: "client" | "staff" }
  | { kind: "refused" }
  | { kind: "too_many_tries" }
  | { kind: "offline" }
  | { kind: "surprise"; errorId: string | null };

/** Trades e-mail address and password for the session cookie. Load the page anew afterwards: nothing cached may stay. */
export async function signIn(email: string, password: string): Promise<SignIn> {
  const response = await send("POST", { email, password });
  if (!response) return { kind: "offline" };
  if (response.status === 201) {
    const { side } = (await response.json()) as { side: "client" | "staff" };
    return { kind: "signed_in", side };
  }
  if (response.status === 401) return { kind: "refused" };
  if (response.status === 429) return { kind: "too_many_tries" };
  return { kind: "surprise", errorId: await errorIdOf(response) };
}

/** Ends the session; false when the server did not confirm it. */
export async function signOut(): Promise<boolean> {
  const response = await send("DELETE");
  return response?.status === 204;
}

async function send(method: "POST" | "DELETE", body?: object): Promise<Response | undefined> {
  try {
    const response = await fetchWithCsrf("/session", {
      method,
      headers: body && { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    connection.reached();
    return response;
  } catch {
    // fetch rejects only when no answer came; the banner tells the reader.
    connection.lost();
    return undefined;
  }
}

async function errorIdOf(response: Response): Promise<string | null> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as { error_id?: unknown; errorId?: unknown };
    const id = body.errorId ?? body.error_id;
    return typeof id === "string" ? id : null;
  } catch {
    // A proxy's own error page is no JSON and has no id.
    return null;
  }
}
