import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import type { PanelKind, PasswordSource } from "../../../shared/gql/schema.gen.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Radio, RadioGroup } from "../../../shared/ui/Radio.tsx";
import { ConnectorFacts } from "./ConnectorFacts.tsx";
import { type HostingPanelPartsFragment, SaveHostingPanelDocument } from "./connections.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";

interface Props {
  panel: HostingPanelPartsFragment | null;
  onChanged: () => void;
}

interface Values {
  panel: PanelKind;
  url: string;
  identifier: string;
  secret: string;
  useFor: PasswordSource;
}

export function PanelForm({ panel, onChanged }: Props) {
  const { t } = useLingui();
  const [, save] = useMutation(SaveHostingPanelDocument);
  const saved: Values = {
    panel: panel?.panel ?? "WHMCS",
    url: panel?.url ?? "",
    identifier: "",
    secret: "",
    useFor: panel?.useFor ?? "BOTH",
  };
  const form = useAdminForm<Values, unknown>({
    saved,
    labels: {
      panel: t`panel`,
      url: t`address`,
      identifier: t`identifier`,
      secret: t`secret`,
      useFor: t`passwords`,
    },
    save: async (values) =>
      toOutcome(
        await save({ input: { ...values, secret: values.secret === "" ? null : values.secret } }),
        (data) => data.saveHostingPanel,
      ),
    onSaved: onChanged,
    canUndo: false,
  });
  const { values, set } = form;
  const isWhmcs = values.panel === "WHMCS";

  return (
    <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
      <RadioGroup legend={t`Panel`} className="choices">
        <Radio name="panel" checked={isWhmcs} onChange={() => set("panel", "WHMCS")}>
          WHMCS
        </Radio>
        <Radio
          name="panel"
          checked={!isWhmcs}
          onChange={() => set("panel", "GENERIC")}
          hint={t`A small program of yours that answers a signed question.`}
        >
          <Trans>Another one</Trans>
        </Radio>
      </RadioGroup>
      {!isWhmcs && <ConnectorFacts />}
      <TextField
        label={t`Address`}
        hint={isWhmcs ? t`Where WHMCS is installed.` : t`What is asked there is posted to this very address.`}
        type="url"
        value={values.url}
        problem={form.problemOf("url")}
        onChange={(event) => set("url", event.target.value)}
      />
      {isWhmcs && (
        <TextField
          label={t`API identifier`}
          hint={
            panel
              ? t`Empty: the one that was given before, at the same address.`
              : t`Of API credentials whose role may use ValidateLogin and nothing else.`
          }
          autoComplete="off"
          spellCheck={false}
          value={values.identifier}
          problem={form.problemOf("identifier")}
          onChange={(event) => set("identifier", event.target.value)}
        />
      )}
      <TextField
        label={isWhmcs ? t`API secret` : t`Shared secret`}
        hint={
          panel
            ? t`Empty: the one that was given before, at the same address.`
            : t`At least 16 characters, kept encrypted.`
        }
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={values.secret}
        problem={form.problemOf("secret")}
        onChange={(event) => set("secret", event.target.value)}
      />
      <RadioGroup legend={t`Which passwords prove`} className="choices">
        <Radio
          name="useFor"
          checked={values.useFor === "BOTH"}
          onChange={() => set("useFor", "BOTH")}
          hint={t`The portal's own is tried first; the panel is asked when it is not that one.`}
        >
          <Trans>The portal's and the panel's</Trans>
        </Radio>
        <Radio name="useFor" checked={values.useFor === "PANEL"} onChange={() => set("useFor", "PANEL")}>
          <Trans>The panel's alone</Trans>
        </Radio>
        <Radio
          name="useFor"
          checked={values.useFor === "PORTAL"}
          onChange={() => set("useFor", "PORTAL")}
          hint={t`The panel is not asked.`}
        >
          <Trans>The portal's alone</Trans>
        </Radio>
      </RadioGroup>
      {panel ? (
        <SaveBar changed={form.changed} problem={form.formProblem} isSaving={form.isSaving} onDiscard={form.discard} />
      ) : (
        <SaveBar
          changed={form.changed}
          problem={form.formProblem}
          isSaving={form.isSaving}
          onDiscard={form.discard}
          verb={t`Connect the panel`}
        />
      )}
    </form>
  );
}
