import { connection } from "./gql/connection.ts";
import { fetchWithCsrf } from "./gql/csrf.ts";

/** Ends the session; false when the server did not confirm it. */
export async function signOut(): Promise<boolean> {
  const response = await send("DELETE", "/session");
  return response?.status === 204;
}

/** A write beside GraphQL; undefined when no answer came. */
export async function send(method: "POST" | "DELETE", path: string, body?: object): Promise<Response | undefined> {
  try {
    const response = await fetchWithCsrf(path, {
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
