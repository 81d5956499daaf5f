import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Button } from "../../../shared/ui/Button.tsx";
import { Elapsed, Time } from "../../../shared/ui/Time.tsx";
import { Tooltip } from "../../../shared/ui/Tooltip.tsx";
import { Avatar } from "../../Avatar.tsx";
import { PresenceMark } from "./PresenceMark.tsx";
import type { WorkPartsFragment } from "./routing.gen.ts";

interface Props {
  work: WorkPartsFragment;
  /** It was taken over, and whose it was has returned. */
  isBack?: boolean;
  all: { verb: ReactNode; perform: () => void };
  one: { verb: string; keys: string; perform: (number: number) => void };
  onCursor: (number: number) => void;
}

/** The unfinished tickets of one colleague. */
export function WorkOf({ work, isBack = false, all, one, onCursor }: Props) {
  const { t } = useLingui();
  const { member, tickets, count } = work;
  const { name } = member.person;
  const { reason } = member.presence;
  const more = count - tickets.length;
  return (
    <section className="work" aria-label={isBack ? t`${name} is back` : t`Left by ${name}`}>
      <header className="work-head">
        <Avatar name={name} />
        <div className="row-main">
          <h2>{isBack ? <Trans>{name} is back</Trans> : name}</h2>
          <span className="faint">
            {isBack ? (
              <Plural
                value={count}
                one="# ticket was taken over meanwhile"
                other="# tickets were taken over meanwhile"
              />
            ) : (
              reason || <Plural value={count} one="# unfinished ticket" other="# unfinished tickets" />
            )}
          </span>
        </div>
        {!isBack && <PresenceMark presence={member.presence} />}
        <Tooltip label={isBack ? t`Hand back all` : t`Take over all`} keys="shift+e">
          <Button look="primary" onClick={all.perform}>
            {all.verb}
          </Button>
        </Tooltip>
      </header>
      <ul className="rows">
        {tickets.map((ticket) => (
          <li key={ticket.id} className="row">
            <Link
              to="/tickets/$number"
              params={{ number: String(ticket.number) }}
              className="row-main"
              data-work
              onFocus={() => onCursor(ticket.number)}
            >
              <strong>{ticket.subject}</strong>
              <span className="faint">
                #{ticket.number} · {ticket.client?.name ?? ticket.requester.name} · {ticket.department.name} ·{" "}
                {ticket.status.name}
                {isBack && ticket.assignee && (
                  <>
                    {" "}
                    · <Trans>now with {ticket.assignee.name}</Trans>
                  </>
                )}
              </span>
            </Link>
            <span className="when num">
              {ticket.waitingSince ? <Elapsed since={ticket.waitingSince} /> : <Time at={ticket.lastActivityAt} />}
            </span>
            <Tooltip label={one.verb} keys={one.keys}>
              <Button
                look="quiet"
                aria-label={`${one.verb} #${ticket.number}`}
                onFocus={() => onCursor(ticket.number)}
                onClick={() => one.perform(ticket.number)}
              >
                {one.verb}
              </Button>
            </Tooltip>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="faint text-s">
          <Plural value={more} one="And # more, later in the queue." other="And # more, later in the queue." />
        </p>
      )}
    </section>
  );
}
