import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useDesk } from "../../desk.ts";
import { Page } from "./Page.tsx";
import { ProjectForm } from "./ProjectForm.tsx";
import {
  AllProjectsDocument,
  type ProjectPartsFragment,
  TeamDocument,
  type TeamMemberPartsFragment,
} from "./routing.gen.ts";
import { stateNames } from "./words.ts";

/** The projects of clients, each with who leads it; leads make and change them (FIELD.md B2, B4). */
export function ProjectsPage() {
  const { t } = useLingui();
  const { viewer } = useDesk();
  const leads = viewer.memberRole !== "AGENT";
  const [{ data, error }, ask] = useQuery({ query: AllProjectsDocument, variables: { includeDone: true } });
  const [{ data: team }] = useQuery({ query: TeamDocument });
  const [edited, setEdited] = useState<string>();
  const projects = (data?.projects ?? []) as ProjectPartsFragment[];
  const members = (team?.members ?? []) as TeamMemberPartsFragment[];
  const close = (changed: boolean) => {
    setEdited(undefined);
    if (changed) ask({ requestPolicy: "network-only" });
  };

  return (
    <Page
      title={t`Projects`}
      lead={<Trans>A message on a project goes to who leads it, where your rules say so.</Trans>}
      action={
        leads && (
          <Button look="primary" onClick={() => setEdited("new")}>
            <Trans>Begin a project</Trans>
          </Button>
        )
      }
    >
      {edited === "new" && (
        <div className="rows">
          <div className="row">
            <ProjectForm project={undefined} members={members} onClose={close} />
          </div>
        </div>
      )}
      {error && !data ? (
        <ErrorState failure={toFailure(error)} onRetry={() => ask()} />
      ) : !data ? (
        <Skeleton lines={[60, 90, 90]} />
      ) : projects.length === 0 ? (
        edited !== "new" && (
          <EmptyState title={t`There are no projects yet`}>
            <p>
              <Trans>With a project, a client’s messages about it reach the colleague who leads it.</Trans>
            </p>
          </EmptyState>
        )
      ) : (
        <ul className="rows">
          {projects.map((project) => (
            <li key={project.id} className="row" data-archived={project.state === "DONE" || undefined}>
              {edited === project.id ? (
                <ProjectForm project={project} members={members} onClose={close} />
              ) : (
                <>
                  <span className="row-main">
                    <strong>{project.name}</strong>
                    <span className="faint">
                      {project.clientName} ·{" "}
                      {project.lead ? <Trans>led by {project.lead.name}</Trans> : <Trans>nobody leads it</Trans>}
                    </span>
                  </span>
                  <span className="pill" data-tone={project.state === "ACTIVE" ? "good" : "plain"}>
                    {t(stateNames[project.state])}
                  </span>
                  {leads && (
                    <Button look="plain" aria-label={t`Edit ${project.name}`} onClick={() => setEdited(project.id)}>
                      <Trans>Edit</Trans>
                    </Button>
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
