import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../shared/gql/problem.ts";
import {
  type AdminDepartmentPartsFragment,
  ArchiveDepartmentDocument,
  RestoreDepartmentDocument,
} from "./admin.gen.ts";
import { RetireButton } from "./RetireButton.tsx";

/** Closing a department for new requests. */
export function DepartmentArchive({ department }: { department: AdminDepartmentPartsFragment }) {
  const { t } = useLingui();
  const [, archive] = useMutation(ArchiveDepartmentDocument);
  const [, restore] = useMutation(RestoreDepartmentDocument);
  const { id, name } = department;
  const waiting = department.waitingCount ?? 0;
  const isArchived = department.archivedAt !== null;

  return (
    <section className="admin-danger">
      {isArchived ? (
        <p>
          <Trans>It is archived: it takes no new requests. Its tickets are still here.</Trans>
        </p>
      ) : (
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
      )}
      <RetireButton
        isRetired={isArchived}
        retire={{
          verb: <Trans>Archive {name}</Trans>,
          done: t`${name} takes no new requests`,
          perform: async () => toOutcome(await archive({ id }), (data) => data.archiveDepartment),
        }}
        restore={{
          verb: <Trans>Restore {name}</Trans>,
          done: t`${name} takes requests again`,
          perform: async () => toOutcome(await restore({ id }), (data) => data.restoreDepartment),
        }}
      />
    </section>
  );
}
