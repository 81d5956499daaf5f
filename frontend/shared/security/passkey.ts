import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";

/** Whether this browser knows passkeys at all: not on a page without TLS. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined";
}

/** Has a passkey sign; undefined when the person let it be, or has none here. */
export async function signWithPasskey(options: string): Promise<string | undefined> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const optionsJSON = JSON.parse(options) as PublicKeyCredentialRequestOptionsJSON;
  return answerOf(() => startAuthentication({ optionsJSON }));
}

/** Makes a passkey; undefined when the person let it be, or this device has one already. */
export async function makePasskey(options: string): Promise<string | undefined> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const optionsJSON = JSON.parse(options) as PublicKeyCredentialCreationOptionsJSON;
  return answerOf(() => startRegistration({ optionsJSON }));
}

async function answerOf(ask: () => Promise<object>): Promise<string | undefined> {
  try {
    return JSON.stringify(await ask());
  } catch (error) {
    // The browser's own word for: cancelled, timed out, none here. All else is a bug that must be seen.
    if (error instanceof Error && /NotAllowed|Abort|InvalidState/.test(error.name)) return undefined;
    throw error;
  }
}
