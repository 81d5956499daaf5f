import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { LinkStripeCustomerDocument } from "./connections.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";

/** For a client whose customer at Stripe nothing else tells. */
export function LinkCustomer({ onChanged }: { onChanged: () => void }) {
  const { t } = useLingui();
  const [, link] = useMutation(LinkStripeCustomerDocument);
  const form = useAdminForm({
    saved: { clientNumber: "", customer: "" },
    labels: { clientNumber: t`client number`, customer: t`customer` },
    save: async ({ clientNumber, customer }) =>
      toOutcome(
        await link({ clientNumber: Number.parseInt(clientNumber, 10) || 0, customer }),
        (data) => data.linkStripeCustomer,
      ),
    onSaved: onChanged,
    canUndo: false,
  });
  return (
    <details>
      <summary className="link">
        <Trans>Link a client by hand</Trans>
      </summary>
      <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
        <TextField
          label={t`Client number`}
          inputMode="numeric"
          value={form.values.clientNumber}
          problem={form.problemOf("clientNumber")}
          onChange={(event) => form.set("clientNumber", event.target.value)}
        />
        <TextField
          label={t`Customer at Stripe`}
          hint={t`Its id, which begins with cus_.`}
          autoComplete="off"
          spellCheck={false}
          value={form.values.customer}
          problem={form.problemOf("customer")}
          onChange={(event) => form.set("customer", event.target.value)}
        />
        <SaveBar
          changed={form.changed}
          problem={form.formProblem}
          isSaving={form.isSaving}
          onDiscard={form.discard}
          verb={t`Link`}
        />
      </form>
    </details>
  );
}
