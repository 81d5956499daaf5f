import { Fragment, type ReactNode } from "react";

const LINK = /\bhttps?:\/\/[^\s<>"']+/gi;

interface Props {
  text: string;
  /** What becomes of the text between web addresses. */
  within?: (text: string) => ReactNode[];
}

const asItIs = (text: string): ReactNode[] => [text];

/** A message as it was written: paragraphs and lines kept, web addresses made links, nothing ever read as HTML. */
export function PlainText({ text, within = asItIs }: Props) {
  const paragraphs = text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n{2,}/);
  return (
    <div className="plain-text">
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message does not change, its paragraphs have no identity.
        <p key={index}>{withLinks(paragraph, within)}</p>
      ))}
    </div>
  );
}

function withLinks(text: string, within: (text: string) => ReactNode[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutTrailingMarks(match[0]);
    if (!URL.canParse(address)) continue;
    parts.push(<Fragment key={`before ${match.index}`}>{within(text.slice(end, match.index))}</Fragment>);
    parts.push(
      <a key={match.index} href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>,
    );
    end = match.index + address.length;
  }
  parts.push(<Fragment key="end">{within(text.slice(end))}</Fragment>);
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
