import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation } from "urql";
import { type Outcome, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { showToast } from "../../../shared/ui/toasts.ts";
import { useDesk } from "../../desk.ts";
import {
  type AdminDepartmentPartsFragment,
  ArchiveDepartmentDocument,
  RestoreDepartmentDocument,
} from "./admin.gen.ts";

/** Closing a department for new requests; nothing is lost, so it is done at once and can be taken back. */
export function DepartmentArchive({ department }: { department: AdminDepartmentPartsFragment }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, archive] = useMutation(ArchiveDepartmentDocument);
  const [, restore] = useMutation(RestoreDepartmentDocument);
  const [problem, setProblem] = useState<string>();
  const { id, name } = department;
  const waiting = department.waitingCount ?? 0;

  const settle = (outcome: Outcome<unknown>, message: string, undo: () => void) => {
    if (outcome.kind === "done") {
      setProblem(undefined);
      showToast(message, undo);
      refetch();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };
  const close = async () =>
    settle(
      toOutcome(await archive({ id }), (data) => data.archiveDepartment),
      t`${name} takes no new requests`,
      () => void reopen(),
    );
  const reopen = async () =>
    settle(
      toOutcome(await restore({ id }), (data) => data.restoreDepartment),
      t`${name} takes requests again`,
      () => void close(),
    );

  return (
    <section className="admin-danger">
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      {department.archivedAt === null ? (
        <>
          <p>
            <Trans>Archived, it takes no new requests and leaves the portal.</Trans>{" "}
            {waiting > 0 ? (
              <Plural
                value={waiting}
                one="# ticket waits here; it stays and can be answered or transferred."
                other="# tickets wait here; they stay and can be answered or transferred."
              />
            ) : (
              <Trans>Its tickets stay.</Trans>
            )}
          </p>
          <Button look="danger" onClick={close}>
            <Trans>Archive {name}</Trans>
          </Button>
        </>
      ) : (
        <>
          <p>
            <Trans>It is archived: it takes no new requests. Its tickets are still here.</Trans>
          </p>
          <Button onClick={reopen}>
            <Trans>Restore {name}</Trans>
          </Button>
        </>
      )}
    </section>
  );
}
