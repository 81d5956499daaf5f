import { useSyncExternalStore } from "react";
import { fetchWithCsrf } from "./csrf.ts";

/** The refusal of a verb that wants to know once more who is there; see `backend/accounts/step_up.py`. */
const NEEDED = '"code":"step_up_needed"';

interface Asking {
  answer: (isConfirmed: boolean) => void;
}

let asking: Asking | undefined;
let answered: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

function set(next: Asking | undefined): void {
  asking = next;
  for (const listener of listeners) listener();
}

/** Opens the dialog; true when the person has confirmed that it is them. Who asks meanwhile waits for the same answer. */
function confirm(): Promise<boolean> {
  answered ??= new Promise<boolean>((resolve) => {
    set({
      answer: (isConfirmed) => {
        answered = undefined;
        set(undefined);
        resolve(isConfirmed);
      },
    });
  });
  return answered;
}

/** `fetch` for GraphQL: what is refused for want of a recent password is asked again once the person has typed one. */
export async function fetchAfterStepUp(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetchWithCsrf(input, init);
  // Text of a person cannot look like this: its quotes are escaped.
  if (!listeners.size || !(await response.clone().text()).includes(NEEDED)) return response;
  return (await confirm()) ? fetchWithCsrf(input, init) : response;
}

/** What the one dialog of a page shows: nothing, or the question that waits. */
export function useStepUpQuestion(): Asking | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asking,
  );
}
