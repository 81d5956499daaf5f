import { newKey } from "./draft.ts";

interface ReplyDraft {
  body: string;
  key: string;
}

const keyOf = (number: number) => `countersign:draft:reply:${number}`;

export function openReplyDraft(number: number): ReplyDraft {
  const [key, body] = splitOnce(sessionStorage.getItem(keyOf(number)) ?? "");
  return key ? { key, body } : { key: newKey(), body: "" };
}

export function saveReplyDraft(number: number, { key, body }: ReplyDraft): void {
  if (body) sessionStorage.setItem(keyOf(number), `${key}\n${body}`);
  else sessionStorage.removeItem(keyOf(number));
}

function splitOnce(text: string): [string, string] {
  const end = text.indexOf("\n");
  return end < 0 ? ["", ""] : [text.slice(0, end), text.slice(end + 1)];
}
