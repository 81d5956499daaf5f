import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { useDesk } from "../../desk.ts";
import { SetReplyWaitDocument } from "./admin.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";

/** How long an answer can be taken back before it leaves. */
export function ReplyWait({ seconds }: { seconds: number }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, save] = useMutation(SetReplyWaitDocument);
  const form = useAdminForm({
    saved: { seconds: String(seconds) },
    labels: { seconds: t`seconds of undo` },
    save: async (values) =>
      toOutcome(await save({ seconds: Math.trunc(Number(values.seconds)) }), (data) => data.setReplyWait),
    onSaved: refetch,
  });
  return (
    <section className="grid gap-2">
      <h3>
        <Trans>Undo</Trans>
      </h3>
      <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
        <TextField
          label={t`Seconds in which an answer can be taken back`}
          hint={t`The client sees nothing of it before. 0 sends at once, 60 is the most.`}
          type="number"
          min={0}
          max={60}
          value={form.values.seconds}
          problem={form.problemOf("seconds")}
          onChange={(event) => form.set("seconds", event.target.value)}
        />
        <SaveBar changed={form.changed} problem={form.formProblem} isSaving={form.isSaving} onDiscard={form.discard} />
      </form>
    </section>
  );
}
