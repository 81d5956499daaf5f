import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Switch } from "../../../shared/ui/Switch.tsx";
import { ConnectStripeDocument } from "./connections.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";

interface Props {
  /** No account is connected yet: the steps are told. */
  isFirst: boolean;
  matchByEmail: boolean;
  onChanged: () => void;
}

/** Connects the company's Stripe account by a restricted key; the server tries the key before it keeps it. */
export function StripeKeyForm({ isFirst, matchByEmail, onChanged }: Props) {
  const { t } = useLingui();
  const [, connect] = useMutation(ConnectStripeDocument);
  const form = useAdminForm({
    saved: { key: "", matchByEmail },
    labels: { key: t`key`, matchByEmail: t`match by address` },
    save: async (values) => toOutcome(await connect(values), (data) => data.connectStripe),
    onSaved: onChanged,
    canUndo: false,
  });
  const { values, set } = form;
  return (
    <section className="grid gap-4" aria-labelledby="stripe-key">
      <h3 id="stripe-key">{isFirst ? <Trans>Your Stripe account</Trans> : <Trans>Another key</Trans>}</h3>
      {isFirst && (
        <ol className="steps">
          <li>
            <Trans>In Stripe, open Developers, API keys, and choose Create restricted key.</Trans>
          </li>
          <li>
            <Trans>Give it the right to read Customers and PaymentMethods, and nothing else.</Trans>
          </li>
          <li>
            <Trans>Copy the key here. It is tried at once, kept encrypted, and shown to nobody again.</Trans>
          </li>
        </ol>
      )}
      <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
        <TextField
          label={t`Restricted key`}
          hint={t`It begins with rk_live_ or rk_test_.`}
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={values.key}
          problem={form.problemOf("key")}
          onChange={(event) => set("key", event.target.value)}
        />
        <div className="grid gap-1">
          <Switch
            checked={values.matchByEmail}
            aria-describedby="match-effect"
            onChange={(event) => set("matchByEmail", event.target.checked)}
          >
            <Trans>Find clients by the e-mail address of their owner</Trans>
          </Switch>
          <p id="match-effect" className="lead">
            <Trans>
              Switch it off where strangers can become customers in Stripe by paying on an open page. Customers with
              client_number in their metadata are found in any case.
            </Trans>
          </p>
        </div>
        <SaveBar
          changed={form.changed}
          problem={form.formProblem}
          isSaving={form.isSaving}
          onDiscard={form.discard}
          verb={isFirst ? t`Connect Stripe` : t`Use this key`}
        />
      </form>
    </section>
  );
}
