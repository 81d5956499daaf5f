import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useQuery } from "urql";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import {
  type ChangeOverPartsFragment,
  ChangeOverTicketsDocument,
  type PolicyVersionPartsFragment,
} from "./lifecycle.gen.ts";
import { readDefinition } from "./policy.ts";
import { named } from "./words.ts";

const PAGE = 20;

interface Props {
  plan: ChangeOverPartsFragment;
  current: PolicyVersionPartsFragment;
  onBegin: () => void;
}

/** What a plan does: how many tickets end on another day, and each of them before and after. */
export function ChangeOverList({ plan, current, onBegin }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const [skip, setSkip] = useState(0);
  const [{ data }] = useQuery({
    query: ChangeOverTicketsDocument,
    variables: { id: plan.id, first: PAGE, skip },
    requestPolicy: "network-only",
  });
  const { statuses } = readDefinition(current.definition);
  const nameOf = (key: string) => {
    const status = statuses.find((each) => each.key === key);
    return status ? named(status.names, locale) : key;
  };
  const day = (at: string | null) =>
    at === null
      ? t`stays open`
      : new Intl.DateTimeFormat(locale, {
          weekday: "short",
          day: "numeric",
          month: "short",
          hour: "2-digit",
          minute: "2-digit",
        }).format(new Date(at));
  const [from, to] = [day(plan.closingFrom), day(plan.closingTo)];
  const page = data?.changeOverTickets;
  return (
    <div className="change-over">
      <ul className="change-over-sums">
        {plan.closing > 0 && (
          <li>
            <strong>
              <Plural value={plan.closing} one="# ticket" other="# tickets" />
            </strong>{" "}
            {from === to ? (
              <Trans>will close {from} instead.</Trans>
            ) : (
              <Trans>
                will close between {from} and {to} instead.
              </Trans>
            )}
          </li>
        )}
        {plan.newly > 0 && (
          <li>
            <strong>
              <Plural value={plan.newly} one="# ticket" other="# tickets" />
            </strong>{" "}
            <Trans>will close by itself, and did not before.</Trans>
          </li>
        )}
        {plan.noLonger > 0 && (
          <li>
            <strong>
              <Plural value={plan.noLonger} one="# ticket" other="# tickets" />
            </strong>{" "}
            <Trans>will no longer close by itself.</Trans>
          </li>
        )}
        {plan.restatused > 0 && (
          <li>
            <strong>
              <Plural value={plan.restatused} one="# ticket" other="# tickets" />
            </strong>{" "}
            <Trans>will have another status.</Trans>
          </li>
        )}
        {plan.closing + plan.newly + plan.noLonger + plan.restatused === 0 && (
          <li>
            <Trans>No ticket closes on another day or has another status.</Trans>
          </li>
        )}
      </ul>
      {page && (
        <section className="table-scroll" aria-label={t`Tickets of the change-over`}>
          <table className="change-over-table">
            <thead>
              <tr>
                <th scope="col">{t`Ticket`}</th>
                <th scope="col">{t`Status`}</th>
                <th scope="col">{t`Closes now`}</th>
                <th scope="col">{t`Closes instead`}</th>
              </tr>
            </thead>
            <tbody>
              {page.tickets.map((ticket) => (
                <tr key={ticket.number}>
                  <td>
                    <span className="num">#{ticket.number}</span> {ticket.subject}
                  </td>
                  <td>
                    {ticket.status === ticket.toStatus
                      ? nameOf(ticket.status)
                      : `${nameOf(ticket.status)} → ${nameOf(ticket.toStatus)}`}
                  </td>
                  <td className="num">{day(ticket.closesAt)}</td>
                  <td className="num" data-other={ticket.closesAt !== ticket.toClosesAt || undefined}>
                    {day(ticket.toClosesAt)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" onClick={onBegin}>
          <Plural value={plan.tickets} one="Move # ticket" other="Move # tickets" />
        </Button>
        {(skip > 0 || page?.hasMore) && (
          <>
            <Button look="plain" isDisabled={skip === 0} onClick={() => setSkip(Math.max(0, skip - PAGE))}>
              <Trans>Previous</Trans>
            </Button>
            <Button look="plain" isDisabled={!page?.hasMore} onClick={() => setSkip(skip + PAGE)}>
              <Trans>Next</Trans>
            </Button>
          </>
        )}
      </div>
      <p className="hint">
        <Trans>
          The plan holds for an hour. A ticket that changes before its turn is left as it is, and you are told.
        </Trans>
      </p>
    </div>
  );
}
