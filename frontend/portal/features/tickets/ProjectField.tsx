import { useLingui } from "@lingui/react/macro";
import type { UseFormReturn } from "react-hook-form";
import { useQuery } from "urql";
import { Select } from "../../../shared/ui/Field.tsx";
import type { RequestDraft } from "./draft.ts";
import { MyProjectsDocument } from "./projects.gen.ts";

/** Which of the client's projects a message is about (FIELD.md B2); nothing where there are none. */
export function ProjectField({ form }: { form: UseFormReturn<RequestDraft> }) {
  const { t } = useLingui();
  const [{ data }] = useQuery({ query: MyProjectsDocument });
  const projects = data?.projects ?? [];
  const chosen = projects.find(({ id }) => id === form.watch("projectId"));
  if (projects.length === 0) return null;
  return (
    <Select
      label={t`Which project is it about?`}
      hint={chosen?.lead ? t`${chosen.lead.name} leads it and gets your message.` : undefined}
      problem={form.formState.errors.projectId?.message}
      {...form.register("projectId")}
    >
      <option value="">{t`Another, or none of these`}</option>
      {projects.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
