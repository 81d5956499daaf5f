import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import type { Category, Level } from "../../../shared/gql/schema.gen.ts";
import { reaches } from "../../../shared/levels.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Select, TextArea, TextField } from "../../../shared/ui/Field.tsx";
import { VerificationBadge } from "../../../shared/ui/VerificationBadge.tsx";
import { useDesk } from "../../desk.ts";
import {
  type AdminDepartmentPartsFragment,
  type AdminKindPartsFragment,
  ArchiveKindDocument,
  CreateKindDocument,
  RestoreKindDocument,
  SetSecretQuestionsDocument,
  UpdateKindDocument,
} from "./admin.gen.ts";
import { CategoryField } from "./CategoryField.tsx";
import { useAdminForm } from "./form.ts";
import { RetireButton } from "./RetireButton.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { type QuestionValue, SecretQuestionFields } from "./SecretQuestionFields.tsx";
import { proofEffects, proofLevels, proofNames } from "./words.ts";

/** The kinds of request in a department; each is edited where it stands. */
export function KindList({ department }: { department: AdminDepartmentPartsFragment }) {
  const { t } = useLingui();
  const [edited, setEdited] = useState<string>();
  const kinds = department.kinds.toSorted(
    (one, other) =>
      Number(one.archivedAt !== null) - Number(other.archivedAt !== null) || one.position - other.position,
  );

  return (
    <section className="grid gap-3">
      <div>
        <h3>
          <Trans>Kinds of request</Trans>
        </h3>
        <p className="lead">
          <Trans>A kind can ask for more proof than its department does: changing records more than a question.</Trans>
        </p>
      </div>
      <ul className="rows">
        {kinds.map((kind) => (
          <li key={kind.id} className="row" data-archived={kind.archivedAt !== null || undefined}>
            {edited === kind.id ? (
              <KindForm department={department} kind={kind} onClose={() => setEdited(undefined)} />
            ) : (
              <KindRow kind={kind} onEdit={() => setEdited(kind.id)} />
            )}
          </li>
        ))}
        <li className="row">
          {edited === "new" ? (
            <KindForm department={department} kind={undefined} onClose={() => setEdited(undefined)} />
          ) : (
            <Button look="plain" onClick={() => setEdited("new")}>
              + {t`Add a kind of request`}
            </Button>
          )}
        </li>
      </ul>
    </section>
  );
}

function KindRow({ kind, onEdit }: { kind: AdminKindPartsFragment; onEdit: () => void }) {
  const { t } = useLingui();
  const [, archive] = useMutation(ArchiveKindDocument);
  const [, restore] = useMutation(RestoreKindDocument);
  const { id, name } = kind;
  const isArchived = kind.archivedAt !== null;

  return (
    <>
      <VerificationBadge level={kind.proofLevel} />
      <span className="row-main">
        <strong>{name}</strong>
        <span className="faint">
          {isArchived ? t`Archived, no longer offered` : t(proofNames[kind.proofLevel])}
          {kind.description && ` · ${kind.description}`}
        </span>
      </span>
      {!isArchived && (
        <Button look="plain" aria-label={t`Edit ${name}`} onClick={onEdit}>
          <Trans>Edit</Trans>
        </Button>
      )}
      <RetireButton
        isInRow
        isRetired={isArchived}
        retire={{
          verb: <Trans>Archive</Trans>,
          label: t`Archive ${name}`,
          done: t`${name} is no longer offered`,
          perform: async () => toOutcome(await archive({ id }), (data) => data.archiveKind),
        }}
        restore={{
          verb: <Trans>Restore</Trans>,
          label: t`Restore ${name}`,
          done: t`${name} is offered again`,
          perform: async () => toOutcome(await restore({ id }), (data) => data.restoreKind),
        }}
      />
    </>
  );
}

interface FormProps {
  department: AdminDepartmentPartsFragment;
  kind: AdminKindPartsFragment | undefined;
  onClose: () => void;
}

interface Values {
  name: string;
  description: string;
  proofLevel: Level;
  category: Category;
  questions: QuestionValue[];
}

function KindForm({ department, kind, onClose }: FormProps) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, create] = useMutation(CreateKindDocument);
  const [, update] = useMutation(UpdateKindDocument);
  const [, askFor] = useMutation(SetSecretQuestionsDocument);
  const {
    name = "",
    description = "",
    proofLevel = department.proofLevel,
    category = department.category,
  } = kind ?? {};
  const id = kind?.id;
  const questions = (kind?.secretQuestions ?? []).map((each) => ({
    id: each.id,
    label: each.label,
    required: each.required,
  }));
  const form = useAdminForm({
    saved: { name, description, proofLevel, category, questions } satisfies Values as Values,
    labels: {
      name: t`name`,
      description: t`description`,
      proofLevel: t`proof`,
      category: t`category`,
      questions: t`secrets`,
    },
    canUndo: id !== undefined,
    save: async ({ questions: wanted, ...values }: Values) => {
      const input = { departmentId: department.id, ...values };
      const saved =
        id === undefined
          ? toOutcome(await create({ input }), (data) => data.createKind)
          : toOutcome(await update({ id, input }), (data) => data.updateKind);
      if (saved.kind !== "done" || (wanted.length === 0 && questions.length === 0)) return saved;
      return toOutcome(await askFor({ kindId: saved.value.id, questions: wanted }), (data) => data.setSecretQuestions);
    },
    onSaved: () => {
      refetch();
      onClose();
    },
  });
  const { values, set } = form;
  const isWeaker = !reaches(values.proofLevel, department.proofLevel);
  const departmentProof = t(proofNames[department.proofLevel]);

  return (
    <form
      ref={form.form}
      className="admin-form flex-1"
      onSubmit={form.submit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      noValidate
    >
      <TextField
        label={t`Name`}
        hint={t`What the client wants done: “Change MX records”.`}
        // A form that one has just opened.
        autoFocus
        value={values.name}
        maxLength={200}
        problem={form.problemOf("name")}
        onChange={(event) => set("name", event.target.value)}
      />
      <TextArea
        label={t`Description`}
        rows={1}
        maxLength={2000}
        value={values.description}
        problem={form.problemOf("description")}
        onChange={(event) => set("description", event.target.value)}
      />
      <Select
        label={t`Proof`}
        hint={
          isWeaker
            ? t`The department already asks for more (${departmentProof}); that counts here too.`
            : t(proofEffects[values.proofLevel])
        }
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
        hint={t`What these requests are.`}
      />
      <SecretQuestionFields
        questions={values.questions}
        problem={form.problemOf("questions")}
        onChange={(wanted) => set("questions", wanted)}
      />
      <div className="flex flex-wrap gap-2">
        <SaveBar
          changed={form.changed}
          problem={form.formProblem}
          isSaving={form.isSaving}
          onDiscard={form.discard}
          verb={id === undefined ? t`Add the kind` : undefined}
        />
        <Button look="plain" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </form>
  );
}
