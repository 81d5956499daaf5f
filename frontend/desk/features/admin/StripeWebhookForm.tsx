import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { type CardSourcePartsFragment, SetStripeWebhookSecretDocument } from "./connections.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";

interface Props {
  source: CardSourcePartsFragment;
  onChanged: () => void;
}

/** How Stripe tells of a changed card within seconds: the address and the events for it, and what it signs with. */
export function StripeWebhookForm({ source, onChanged }: Props) {
  const { t } = useLingui();
  const [, setSecret] = useMutation(SetStripeWebhookSecretDocument);
  const takes = source.stripe?.takesWebhooks ?? false;
  const form = useAdminForm({
    saved: { secret: "" },
    labels: { secret: t`signing secret` },
    save: async (values) => toOutcome(await setSecret(values), (data) => data.setStripeWebhookSecret),
    onSaved: onChanged,
    canUndo: false,
  });
  const address = `${location.origin}${source.webhookPath}`;
  return (
    <details open={!takes}>
      <summary className="link">
        {takes ? <Trans>Another signing secret</Trans> : <Trans>Hear of changed cards at once</Trans>}
      </summary>
      <ol className="steps">
        <li>
          <Trans>In Stripe, open Developers, Webhooks, and add an endpoint at</Trans> <code>{address}</code>
        </li>
        <li>
          <Trans>Let it send these events:</Trans>{" "}
          {source.webhookTypes.map((type) => (
            <span key={type}>
              <code>{type}</code>{" "}
            </span>
          ))}
        </li>
        <li>
          <Trans>Copy its signing secret here.</Trans>
        </li>
      </ol>
      <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
        <TextField
          label={t`Signing secret`}
          hint={t`It begins with whsec_.`}
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={form.values.secret}
          problem={form.problemOf("secret")}
          onChange={(event) => form.set("secret", event.target.value)}
        />
        <SaveBar
          changed={form.changed}
          problem={form.formProblem}
          isSaving={form.isSaving}
          onDiscard={form.discard}
          verb={t`Take webhooks`}
        />
      </form>
    </details>
  );
}
