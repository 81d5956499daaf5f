import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { useDesk } from "../../desk.ts";
import { SetSecretDaysDocument } from "./admin.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";

/** How long secrets lie, at the longest. */
export function SecretDays({ days }: { days: number }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, save] = useMutation(SetSecretDaysDocument);
  const form = useAdminForm({
    saved: { days: String(days) },
    labels: { days: t`days of secrets` },
    save: async (values) =>
      toOutcome(await save({ days: Math.trunc(Number(values.days)) || 0 }), (data) => data.setSecretDays),
    onSaved: refetch,
  });
  return (
    <section className="grid gap-2">
      <h3>
        <Trans>Secrets</Trans>
      </h3>
      <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
        <TextField
          label={t`Days until a secret is destroyed`}
          hint={t`At the latest: when its ticket closes, it goes at once. For secrets that are sent from now on.`}
          type="number"
          min={1}
          max={365}
          value={form.values.days}
          problem={form.problemOf("days")}
          onChange={(event) => form.set("days", event.target.value)}
        />
        <SaveBar changed={form.changed} problem={form.formProblem} isSaving={form.isSaving} onDiscard={form.discard} />
      </form>
    </section>
  );
}
