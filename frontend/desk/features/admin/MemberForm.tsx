import { useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import type { MemberRole } from "../../../shared/gql/schema.gen.ts";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Radio, RadioGroup } from "../../../shared/ui/Radio.tsx";
import { useDesk } from "../../desk.ts";
import { type AdminMemberPartsFragment, InviteMemberDocument, UpdateMemberDocument } from "./admin.gen.ts";
import { useAdminForm } from "./form.ts";
import { SaveBar } from "./SaveBar.tsx";
import { roleEffects, roleNames } from "./words.ts";

interface Values {
  name: string;
  email: string;
  role: MemberRole;
  departmentIds: string[];
}

interface Props {
  /** Left out: someone new. */
  member: AdminMemberPartsFragment | undefined;
  departments: { id: string; name: string }[];
  onInvited?: () => void;
}

export function MemberForm({ member, departments, onInvited }: Props) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, invite] = useMutation(InviteMemberDocument);
  const [, update] = useMutation(UpdateMemberDocument);
  const id = member?.id;
  const saved: Values = {
    name: member?.person.name ?? "",
    email: member?.person.email ?? "",
    role: member?.role ?? "AGENT",
    departmentIds: member?.departments.map((department) => department.id) ?? [],
  };
  const form = useAdminForm({
    saved,
    labels: { name: t`name`, email: t`address`, role: t`role`, departmentIds: t`departments` },
    canUndo: id !== undefined,
    save: async (input: Values) =>
      id === undefined
        ? toOutcome(await invite({ input }), (data) => data.inviteMember)
        : toOutcome(await update({ id, input }), (data) => data.updateMember),
    onSaved: () => {
      refetch();
      if (id === undefined) onInvited?.();
    },
  });
  const { values, set } = form;
  const toggle = (departmentId: string, isIn: boolean) =>
    set(
      "departmentIds",
      // In the order of the list, so that ticking off and on again is no change.
      departments
        .map((department) => department.id)
        .filter((each) => (each === departmentId ? isIn : values.departmentIds.includes(each))),
    );

  return (
    <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
      <TextField
        label={t`Name`}
        hint={t`Clients see it beside the answers.`}
        value={values.name}
        maxLength={200}
        autoComplete="off"
        problem={form.problemOf("name")}
        onChange={(event) => set("name", event.target.value)}
      />
      <TextField
        label={t`E-mail address`}
        hint={id === undefined ? t`The invitation goes there.` : t`For signing in. Clients never see it.`}
        type="email"
        value={values.email}
        autoComplete="off"
        spellCheck={false}
        problem={form.problemOf("email")}
        onChange={(event) => set("email", event.target.value)}
      />
      <RadioGroup legend={t`Role`} problem={form.problemOf("role")}>
        {(Object.keys(roleNames) as MemberRole[]).map((role) => (
          <Radio
            key={role}
            name="role"
            checked={values.role === role}
            hint={t(roleEffects[role])}
            onChange={() => set("role", role)}
          >
            {t(roleNames[role])}
          </Radio>
        ))}
      </RadioGroup>
      <RadioGroup
        legend={t`Departments`}
        hint={t`Mails about new tickets go to the staff of the ticket’s department.`}
        problem={form.problemOf("departmentIds")}
        className="checks"
      >
        {departments.map((department) => (
          <label key={department.id} className="check">
            <input
              type="checkbox"
              checked={values.departmentIds.includes(department.id)}
              onChange={(event) => toggle(department.id, event.target.checked)}
            />
            <span>{department.name}</span>
          </label>
        ))}
      </RadioGroup>
      <SaveBar
        changed={form.changed}
        problem={form.formProblem}
        isSaving={form.isSaving}
        onDiscard={form.discard}
        verb={id === undefined ? t`Send the invitation` : undefined}
      />
    </form>
  );
}
