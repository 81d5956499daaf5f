import { useLingui } from "@lingui/react/macro";
import type { RefObject } from "react";
import { useQuery } from "urql";
import type { Outcome } from "../../../shared/gql/problem.ts";
import type { Category } from "../../../shared/gql/schema.gen.ts";
import { categories, categoryNames } from "../../categories.ts";
import { Picker } from "./Picker.tsx";
import { ProjectsOfClientDocument } from "./routing.gen.ts";
import type { RoutingChanges } from "./routingChanges.ts";
import type { DeskTicketPartsFragment } from "./ticket.gen.ts";

interface Props {
  ticket: DeskTicketPartsFragment;
  changes: RoutingChanges;
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  onOutcome: (outcome: Outcome<unknown>) => void;
}

export function CategoryPicker({ ticket, changes, anchor, onClose, onOutcome }: Props) {
  const { t } = useLingui();
  return (
    <Picker
      label={t`What is it?`}
      placeholder={t`Category`}
      anchor={anchor}
      onClose={onClose}
      options={categories.map((each) => ({
        id: each,
        name: t(categoryNames[each]),
        isCurrent: each === ticket.category,
      }))}
      onChoose={(category) => {
        onClose();
        void changes.setCategory(category as Category).then(onOutcome);
      }}
    />
  );
}

const NONE = "none";

/** The projects of the ticket's client that are not done. */
export function ProjectPicker({ ticket, changes, anchor, onClose, onOutcome }: Props) {
  const { t } = useLingui();
  const clientId = ticket.client?.id ?? "";
  const [{ data }] = useQuery({ query: ProjectsOfClientDocument, variables: { clientId } });
  const projects = data?.projects ?? [];
  return (
    <Picker
      label={t`Belongs to the project`}
      placeholder={t`Name of a project`}
      anchor={anchor}
      onClose={onClose}
      options={[
        ...projects.map(({ id, name, lead }) => ({
          id,
          name,
          hint: lead ? t`led by ${lead.name}` : undefined,
          isCurrent: id === ticket.project?.id,
        })),
        { id: NONE, name: t`No project`, isCurrent: ticket.project === null },
      ]}
      onChoose={(id) => {
        onClose();
        const chosen = projects.find((project) => project.id === id);
        void changes.setProject(chosen?.id ?? null, chosen?.name).then(onOutcome);
      }}
    />
  );
}
