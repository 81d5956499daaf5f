import { csrfToken } from "../gql/csrf.ts";

/** A file that the server has taken, to go with the message that names its id. */
export interface Uploaded {
  id: string;
  name: string;
  size: number;
}

/** Why a file was not taken: the server's own words, or that nothing came through. */
export class NotTaken extends Error {
  constructor(readonly words: string | undefined) {
    super(words ?? "The upload did not come through.");
  }
}

/**
 * Sends a file as it is; `onProgress` hears how much of it has gone, from 0 to 1. `fetch` cannot tell that.
 * Rejects with `NotTaken`, or an AbortError when `signal` ends it.
 */
export async function upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Uploaded> {
  const token = await csrfToken();
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/attachments?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("x-csrftoken", token);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Uploaded);
      else reject(new NotTaken((request.response as { message?: string } | null)?.message));
    };
    request.onerror = () => reject(new NotTaken(undefined));
    signal.addEventListener("abort", () => {
      request.abort();
      reject(signal.reason);
    });
    request.send(file);
  });
}
