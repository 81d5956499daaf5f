import { Trans, useLingui } from "@lingui/react/macro";
import type { TrialWhat } from "../../../../shared/gql/schema.gen.ts";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import type { TryPolicyQuery } from "./lifecycle.gen.ts";
import type { PolicyDraft } from "./policy.ts";
import { actNames, named, reminderNames } from "./words.ts";

type Entry = TryPolicyQuery["tryPolicy"]["entries"][number];

interface Props {
  policy: PolicyDraft;
  entries: readonly Entry[];
}

/** What happened, in order, and what would come next. */
export function TrialLog({ policy, entries }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const nameOf = (key: string) => {
    const status = policy.statuses.find((each) => each.key === key);
    return status ? named(status.names, locale) : key;
  };
  const moment = (at: string) =>
    new Intl.DateTimeFormat(locale, {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    }).format(new Date(at));
  const whatOf = (what: TrialWhat) => {
    if (what === "OPENED") return t`The client opens the ticket`;
    return what === "TIMER" ? t`By itself` : t(actNames[what]);
  };
  const cameOf = ({ outcome, status, reminder, tag, what }: Entry) => {
    const name = nameOf(status);
    const parts: string[] = [];
    if (outcome === "TOOK_STATUS") parts.push(name);
    if (outcome === "FOLLOW_UP") parts.push(t`a new, linked ticket`);
    if (outcome === "REFUSED") parts.push(t`the message is refused`);
    if (outcome === "NOT_OFFERED") parts.push(t`not possible here`);
    const mail = reminder === null ? undefined : reminderNames[reminder];
    if (reminder !== null) parts.push(mail ? t(mail) : reminder);
    if (tag !== null) parts.push(t`tag “${tag}”`);
    if (parts.length === 0 && what !== "TIMER") parts.push(t`stays ${name}`);
    return parts.join(", ");
  };
  const last = entries.at(-1);
  const next = last?.pending.find(({ dueAt }) => dueAt !== null);
  const nextAt = next?.dueAt ? moment(next.dueAt) : undefined;
  return (
    <div aria-live="polite">
      <ol className="trial">
        {entries.map((entry, place) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a log; its entries have no name but their place.
            key={place}
            data-what={entry.what === "TIMER" ? "timer" : entry.what.startsWith("CLIENT") ? "client" : "staff"}
            data-refused={entry.outcome === "NOT_OFFERED" || undefined}
          >
            <time dateTime={entry.at} className="num">
              {moment(entry.at)}
            </time>
            <span>{whatOf(entry.what)}</span>
            <strong>{cameOf(entry)}</strong>
          </li>
        ))}
      </ol>
      {last && (
        <p className="hint">
          {nextAt !== undefined ? (
            <Trans>Something more happens by itself {nextAt}, later than is shown here.</Trans>
          ) : (
            <Trans>Nothing more happens by itself.</Trans>
          )}
        </p>
      )}
    </div>
  );
}
