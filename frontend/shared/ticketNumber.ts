const TAGGED = /\[#(\d{1,12})\]/;
const ALONE = /^(?:(?:ticket|request|verzoek|number|nummer|no\.?|nr\.?)\s*)?[[(]?\s*#?\s*(\d{1,12})\s*[\])]?$/i;

/** The number that is meant where a ticket is looked for: 1042, #1042, "ticket 1042", or the subject of one of its mails. */
export function ticketNumber(text: string): number | undefined {
  const found = (TAGGED.exec(text) ?? ALONE.exec(text.trim()))?.[1];
  const number = Number(found);
  return number > 0 ? number : undefined;
}
