import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { Avatar } from "../../Avatar.tsx";
import { useDesk } from "../../desk.ts";
import { AbsenceForm } from "./AbsenceForm.tsx";
import { HoursForm } from "./HoursForm.tsx";
import { Page } from "./Page.tsx";
import { PresenceMark } from "./PresenceMark.tsx";
import { TeamDocument, type TeamMemberPartsFragment } from "./routing.gen.ts";

/** Who is in, and until when not; everybody says it of themselves, leads of anybody. */
export function TeamPage() {
  const { t } = useLingui();
  const [{ data, error }, ask] = useQuery({ query: TeamDocument, requestPolicy: "cache-and-network" });
  const members = (data?.members ?? []) as TeamMemberPartsFragment[];
  const mine = members.filter((member) => member.you);
  return (
    <Page
      title={t`Who is in`}
      lead={
        <Trans>
          Rules give tickets to people who are in and have room. Say here when you work and when you are away.
        </Trans>
      }
    >
      {error && !data ? (
        <ErrorState failure={toFailure(error)} onRetry={() => ask()} />
      ) : !data ? (
        <Skeleton lines={[50, 90, 90, 90]} />
      ) : (
        <ul className="rows">
          {[...mine, ...members.filter((member) => !member.you)].map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function MemberRow({ member }: { member: TeamMemberPartsFragment }) {
  const { t } = useLingui();
  const { viewer } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const { person, presence, departments } = member;
  const { openTickets, capacity } = presence;
  const leads = viewer.memberRole !== "AGENT";
  const mayChange = member.you || leads;
  const coming = presence.state === "AWAY" ? 0 : presence.absences.length;
  return (
    <li className="row team-row" data-member={person.name}>
      <Avatar name={person.name} />
      <span className="row-main">
        <strong>
          {person.name}
          {member.you && (
            <span className="faint">
              {" "}
              <Trans>you</Trans>
            </span>
          )}
        </strong>
        <span className="faint">
          {capacity === null || capacity === 0 ? (
            <>
              <Plural value={openTickets} one="# open ticket" other="# open tickets" />
              {capacity === 0 && (
                <>
                  {", "}
                  <Trans>given none by rule</Trans>
                </>
              )}
            </>
          ) : (
            <Trans>
              {openTickets} of at most {capacity} open tickets
            </Trans>
          )}
          {departments.length > 0 && ` · ${departments.map(({ name }) => name).join(", ")}`}
          {coming > 0 && (
            <>
              {" · "}
              <Plural value={coming} one="# absence to come" other="# absences to come" />
            </>
          )}
        </span>
      </span>
      <PresenceMark presence={presence} />
      {mayChange && (
        <Button
          look="plain"
          aria-expanded={isOpen}
          aria-label={member.you ? t`Your hours and absence` : t`Hours and absence of ${person.name}`}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <Trans>Close</Trans> : <Trans>Hours and absence</Trans>}
        </Button>
      )}
      {isOpen && (
        <div className="member-hours">
          <AbsenceForm member={member} />
          <HoursForm member={member} mayLimit={leads} />
        </div>
      )}
    </li>
  );
}
