/** Keeps "e-mail" on one line: a word joiner behind the hyphen, which nobody sees. For headings, whose lines are short. */
export function whole(text: string): string {
  return text.replace(/\b(e)-(?=mail)/gi, "$1-\u2060");
}
