import type { ReactNode } from "react";

const LINK = /\bhttps?:\/\/[^\s<>"']+/gi;

/** A message as it was written: paragraphs and lines kept, web addresses made links, nothing ever read as HTML. */
export function PlainText({ text }: { text: string }) {
  const paragraphs = text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n{2,}/);
  return (
    <div className="plain-text">
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message does not change, its paragraphs have no identity.
        <p key={index}>{withLinks(paragraph)}</p>
      ))}
    </div>
  );
}

function withLinks(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutTrailingMarks(match[0]);
    if (!URL.canParse(address)) continue;
    parts.push(text.slice(end, match.index));
    parts.push(
      <a key={match.index} href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>,
    );
    end = match.index + address.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** "See https://example.com/a_(b)." links the address, not the full stop; a bracket belongs to it only in pairs. */
function withoutTrailingMarks(address: string): string {
  let trimmed = address.replace(/[.,;:!?…]+$/, "");
  while (trimmed.endsWith(")") && trimmed.split(")").length > trimmed.split("(").length) {
    trimmed = trimmed.slice(0, -1).replace(/[.,;:!?…]+$/, "");
  }
  return trimmed;
}
