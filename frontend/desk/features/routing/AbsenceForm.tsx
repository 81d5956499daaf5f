import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useWordsOf } from "../../../shared/ui/changeWords.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { present } from "../../../shared/ui/now.ts";
import { Time } from "../../../shared/ui/Time.tsx";
import { showToast } from "../../toasts.ts";
import { EndAbsenceDocument, SetAbsenceDocument, type TeamMemberPartsFragment } from "./routing.gen.ts";
import { fieldOf } from "./week.ts";

/** When somebody is away: what is said already, and saying more. */
export function AbsenceForm({ member }: { member: TeamMemberPartsFragment }) {
  const { t } = useLingui();
  const [, setAbsence] = useMutation(SetAbsenceDocument);
  const [, endAbsence] = useMutation(EndAbsenceDocument);
  const wordsOf = useWordsOf();
  const [from, setFrom] = useState(() => fieldOf(new Date(present())));
  const [until, setUntil] = useState("");
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<Outcome<{ __typename: string }>>();
  const fieldOfRefusal = refused?.kind === "refused" ? refused.problem.field : null;
  const words = refused && wordsOf(refused);
  const problemAt = (field: string) => (fieldOfRefusal === field ? words : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const begin = new Date(from);
    if (Number.isNaN(begin.getTime())) return;
    const outcome = toOutcome(
      await setAbsence({
        memberId: member.id,
        fromAt: begin.toISOString(),
        untilAt: until === "" ? null : new Date(until).toISOString(),
        reason,
      }),
      (data) => data.setAbsence,
    );
    if (outcome.kind !== "done") return setRefused(outcome);
    setRefused(undefined);
    setUntil("");
    setReason("");
    showToast(t`Saved: absence`);
  };
  const end = async (id: string) => {
    const outcome = toOutcome(await endAbsence({ id }), (data) => data.endAbsence);
    setRefused(outcome.kind === "done" ? undefined : outcome);
  };

  return (
    <section className="grid gap-3">
      <h2>
        <Trans>Away</Trans>
      </h2>
      {member.presence.absences.map((absence) => {
        const runs = Date.parse(absence.fromAt) <= present();
        return (
          <p key={absence.id} className="absence">
            <span>
              <Time at={absence.fromAt} mode="absolute" /> –{" "}
              {absence.untilAt ? <Time at={absence.untilAt} mode="absolute" /> : <Trans>until back</Trans>}
              {absence.reason && <span className="faint"> · {absence.reason}</span>}
            </span>
            <Button look="quiet" onClick={() => void end(absence.id)}>
              {!runs ? <Trans>Cancel it</Trans> : member.you ? <Trans>I am back</Trans> : <Trans>They are back</Trans>}
            </Button>
          </p>
        );
      })}
      {words && !["from", "until", "reason"].includes(fieldOfRefusal ?? "") && (
        <Banner tone="urgent" isAlert>
          {words}
        </Banner>
      )}
      <form className="absence-form" onSubmit={submit} noValidate>
        <TextField
          type="datetime-local"
          label={t`From`}
          value={from}
          problem={problemAt("from")}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          type="datetime-local"
          label={t`Until (empty: until back)`}
          value={until}
          problem={problemAt("until")}
          onChange={(event) => setUntil(event.target.value)}
        />
        <TextField
          label={t`Why, for colleagues`}
          maxLength={200}
          value={reason}
          problem={problemAt("reason")}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" look="primary">
          {member.you ? <Trans>I am away</Trans> : <Trans>Mark as away</Trans>}
        </Button>
      </form>
    </section>
  );
}
