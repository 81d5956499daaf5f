import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import type { Audience, Category, Level } from "../../../shared/gql/schema.gen.ts";
import { Select, TextArea, TextField } from "../../../shared/ui/Field.tsx";
import { Radio, RadioGroup } from "../../../shared/ui/Radio.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { useDesk } from "../../desk.ts";
import { type AdminDepartmentPartsFragment, CreateDepartmentDocument, UpdateDepartmentDocument } from "./admin.gen.ts";
import { CategoryField } from "./CategoryField.tsx";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";
import { audienceEffects, audienceNames, proofEffects, proofLevels, proofNames } from "./words.ts";

interface Values {
  name: string;
  description: string;
  audience: Audience;
  proofLevel: Level;
  category: Category;
}

interface Props {
  /** Left out: a new one. */
  department: AdminDepartmentPartsFragment | undefined;
  onCreated?: (id: string) => void;
}

/** A department's words, who may write to it and what they prove first; beside it, how the portal will show it. */
export function DepartmentForm({ department, onCreated }: Props) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, create] = useMutation(CreateDepartmentDocument);
  const [, update] = useMutation(UpdateDepartmentDocument);
  const {
    name = "",
    description = "",
    audience = "CLIENTS",
    proofLevel = "NONE",
    category = "QUESTION",
  } = department ?? {};
  const id = department?.id;
  const form = useAdminForm({
    saved: { name, description, audience, proofLevel, category } satisfies Values as Values,
    labels: {
      name: t`name`,
      description: t`description`,
      audience: t`who may write`,
      proofLevel: t`proof`,
      category: t`category`,
    },
    canUndo: id !== undefined,
    save: async (input: Values) =>
      id === undefined
        ? toOutcome(await create({ input }), (data) => data.createDepartment)
        : toOutcome(await update({ id, input }), (data) => data.updateDepartment),
    onSaved: (value) => {
      refetch();
      if (id === undefined) onCreated?.((value as AdminDepartmentPartsFragment).id);
    },
  });
  const { values, set } = form;

  return (
    <form ref={form.form} className="with-preview" onSubmit={form.submit} noValidate>
      <div className="admin-form">
        <TextField
          label={t`Name`}
          hint={t`As clients know it: “Billing”, “Domains and DNS”.`}
          value={values.name}
          maxLength={200}
          problem={form.problemOf("name")}
          onChange={(event) => set("name", event.target.value)}
        />
        <TextArea
          label={t`Description`}
          hint={t`One or two sentences that help a client choose the right department.`}
          rows={2}
          maxLength={2000}
          value={values.description}
          problem={form.problemOf("description")}
          onChange={(event) => set("description", event.target.value)}
        />
        <RadioGroup legend={t`Who may write here`} problem={form.problemOf("audience")}>
          {(Object.keys(audienceNames) as Audience[]).map((each) => (
            <Radio
              key={each}
              name="audience"
              checked={values.audience === each}
              hint={t(audienceEffects[each])}
              onChange={() => set("audience", each)}
            >
              {t(audienceNames[each])}
            </Radio>
          ))}
        </RadioGroup>
        <Select
          label={t`Proof`}
          hint={t(proofEffects[values.proofLevel])}
          value={values.proofLevel}
          problem={form.problemOf("proofLevel")}
          onChange={(event) => set("proofLevel", event.target.value as Level)}
        >
          {proofLevels(values.proofLevel).map((level) => (
            <option key={level} value={level}>
              {t(proofNames[level])}
            </option>
          ))}
        </Select>
        <CategoryField
          value={values.category}
          onChange={(each) => set("category", each)}
          hint={t`What a request without a kind is here, one by e-mail for instance.`}
        />
        <SaveBar
          changed={form.changed}
          problem={form.formProblem}
          isSaving={form.isSaving}
          onDiscard={form.discard}
          verb={id === undefined ? t`Create the department` : undefined}
        />
      </div>
      <aside className="preview" aria-label={t`Preview`}>
        <h3>
          <Trans>On the portal</Trans>
        </h3>
        <div className="preview-card">
          <strong>{values.name || t`Name`}</strong>
          <p>{values.description || t`No description yet.`}</p>
          {values.proofLevel !== "NONE" && (
            <p className="flex items-center gap-1.5">
              <VerificationBadge level={values.proofLevel} isFocusable={false} />
              {t(proofNames[values.proofLevel])}
            </p>
          )}
        </div>
        <p className="text-s text-ink-2">{t(audienceEffects[values.audience])}</p>
      </aside>
    </form>
  );
}
