import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import type { ProjectState } from "../../../shared/gql/schema.gen.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useWordsOf } from "../../../shared/ui/changeWords.ts";
import { Select, TextField } from "../../../shared/ui/Field.tsx";
import { showToast } from "../../toasts.ts";
import {
  CreateProjectDocument,
  type ProjectPartsFragment,
  type TeamMemberPartsFragment,
  UpdateProjectDocument,
} from "./routing.gen.ts";
import { stateNames } from "./words.ts";

interface Props {
  project: ProjectPartsFragment | undefined;
  members: TeamMemberPartsFragment[];
  onClose: (changed: boolean) => void;
}

const NOBODY = "";

export function ProjectForm({ project, members, onClose }: Props) {
  const { t } = useLingui();
  const [, create] = useMutation(CreateProjectDocument);
  const [, update] = useMutation(UpdateProjectDocument);
  const wordsOf = useWordsOf();
  const [name, setName] = useState(project?.name ?? "");
  const [client, setClient] = useState("");
  const led = members.find((member) => member.person.id === project?.lead?.id)?.id ?? NOBODY;
  const [chosen, setLead] = useState<string>();
  const leadId = chosen ?? led;
  const [state, setState] = useState<ProjectState>(project?.state ?? "ACTIVE");
  const [refused, setRefused] = useState<Outcome<{ __typename: string }>>();
  const words = refused && wordsOf(refused);
  const field = refused?.kind === "refused" ? refused.problem.field : null;
  const problemAt = (wanted: string) => (field === wanted ? words : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { name, leadId: leadId === NOBODY ? null : leadId, state };
    const outcome = project
      ? toOutcome(await update({ id: project.id, input }), (data) => data.updateProject)
      : toOutcome(
          await create({ clientNumber: Math.trunc(Number(client.replace(/^#/, ""))) || 0, input }),
          (data) => data.createProject,
        );
    if (outcome.kind !== "done") return setRefused(outcome);
    showToast(t`Saved: ${name}`);
    onClose(true);
  };

  return (
    <form
      className="admin-form flex-1"
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onClose(false)}
      noValidate
    >
      <TextField
        label={t`Name of the project`}
        autoFocus
        maxLength={200}
        value={name}
        problem={problemAt("name")}
        onChange={(event) => setName(event.target.value)}
      />
      {!project && (
        <TextField
          label={t`Client number`}
          hint={t`It stands in the client’s panel beside a ticket.`}
          inputMode="numeric"
          value={client}
          problem={problemAt("clientNumber")}
          onChange={(event) => setClient(event.target.value)}
        />
      )}
      <Select
        label={t`Who leads it`}
        value={leadId}
        problem={problemAt("leadId")}
        onChange={(event) => setLead(event.target.value)}
      >
        <option value={NOBODY}>{t`Nobody`}</option>
        {members
          .filter((member) => member.active || member.id === led)
          .map((member) => (
            <option key={member.id} value={member.id}>
              {member.person.name}
            </option>
          ))}
      </Select>
      <Select label={t`State`} value={state} onChange={(event) => setState(event.target.value as ProjectState)}>
        {(Object.keys(stateNames) as ProjectState[]).map((each) => (
          <option key={each} value={each}>
            {t(stateNames[each])}
          </option>
        ))}
      </Select>
      {words && !["name", "clientNumber", "leadId"].includes(field ?? "") && (
        <Banner tone="urgent" isAlert>
          {words}
        </Banner>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          {project ? <Trans>Save</Trans> : <Trans>Begin the project</Trans>}
        </Button>
        <Button look="plain" onClick={() => onClose(false)}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </form>
  );
}
