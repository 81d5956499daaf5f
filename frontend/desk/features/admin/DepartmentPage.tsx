import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { whole } from "../../../shared/ui/whole.ts";
import { useTitle } from "../../title.ts";
import { type AdminDepartmentPartsFragment, AdminDepartmentsDocument } from "./admin.gen.ts";
import { DepartmentArchive } from "./DepartmentArchive.tsx";
import { DepartmentForm } from "./DepartmentForm.tsx";
import { KindList } from "./KindList.tsx";

const route = getRouteApi("/admin/departments/$id");

export function DepartmentPage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const navigate = useNavigate();
  const [{ data, error }, ask] = useQuery({ query: AdminDepartmentsDocument });
  const department = data?.departments.find((each) => each.id === id) as AdminDepartmentPartsFragment | undefined;
  useTitle(id === "new" ? t`New department` : (department?.name ?? t`Department`));

  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  return (
    <section className="admin-page">
      <Link to="/admin/departments" className="link text-s">
        ← <Trans>Departments</Trans>
      </Link>
      {id === "new" ? (
        <>
          <h2>
            <Trans>New department</Trans>
          </h2>
          <DepartmentForm
            department={undefined}
            onCreated={(created) => void navigate({ to: "/admin/departments/$id", params: { id: created } })}
          />
        </>
      ) : department ? (
        <>
          <div>
            <h2>{whole(department.name)}</h2>
            <p className="lead">
              <Trans>
                Takes mail at <code>{department.mailAddress}</code>
              </Trans>
            </p>
          </div>
          <DepartmentForm key={department.id} department={department} />
          <KindList department={department} />
          <DepartmentArchive department={department} />
        </>
      ) : (
        <EmptyState title={t`There is no such department`} />
      )}
    </section>
  );
}
