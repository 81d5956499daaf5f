import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../../shared/gql/problem.ts";
import { Button } from "../../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../../shared/ui/ErrorState.tsx";
import { Select } from "../../../../shared/ui/Field.tsx";
import { Skeleton } from "../../../../shared/ui/Skeleton.tsx";
import { useDesk } from "../../../desk.ts";
import { DeskDepartmentsDocument } from "../../../start.gen.ts";
import { useTitle } from "../../../title.ts";
import { showToast } from "../../../toasts.ts";
import { HoursForm } from "./HoursForm.tsx";
import { HoursAndPromisesDocument, SetOpeningHoursDocument, SetPromisesDocument } from "./hours.gen.ts";
import { noPromises, toHours, toPromises, usualHours } from "./values.ts";
import "./hours.css";

/** Hours and promises of the company, and of the departments that have their own. */
export function HoursPage() {
  const { t } = useLingui();
  const { company } = useDesk();
  useTitle(t`Hours and promises`);
  const [{ data, error }, ask] = useQuery({ query: HoursAndPromisesDocument });
  const [{ data: places }] = useQuery({ query: DeskDepartmentsDocument });
  const [departmentId, setDepartmentId] = useState<string | null>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const [, setHours] = useMutation(SetOpeningHoursDocument);
  const [, setPromises] = useMutation(SetPromisesDocument);
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const again = () => ask({ requestPolicy: "network-only" });

  const found = data.hoursAndPromises;
  const companys = found.find((each) => each.departmentId === null);
  const own = found.find((each) => each.departmentId === departmentId);
  const isOwn = Boolean(own?.hours || own?.promises);
  const hours = own?.hours ?? companys?.hours;
  const promises = own?.promises ?? companys?.promises;
  const drop = async () => {
    const dropped = toOutcome(await setHours({ departmentId, hours: null }), (each) => each.setOpeningHours);
    if (dropped.kind === "done") await setPromises({ departmentId, promises: null });
    if (dropped.kind === "done") showToast(t`The company’s hours and promises hold there again`);
    setBegun(null);
    again();
  };
  return (
    <section className="admin-page hours-page">
      <h2>
        <Trans>Hours and promises</Trans>
      </h2>
      <Select
        label={t`Of`}
        value={departmentId ?? ""}
        onChange={(event) => setDepartmentId(event.target.value || null)}
      >
        <option value="">{t`the whole company`}</option>
        {places?.departments
          .filter(({ archivedAt }) => !archivedAt)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </Select>
      {!isOwn && begun !== (departmentId ?? "") ? (
        <div className="grid gap-3">
          <p className="lead">
            {departmentId === null ? (
              <Trans>Nothing is set: every hour counts, and nothing is promised.</Trans>
            ) : (
              <Trans>This department has the company’s hours and promises.</Trans>
            )}
          </p>
          <p>
            <Button look="quiet" onClick={() => setBegun(departmentId ?? "")}>
              {departmentId === null ? <Trans>Set hours and promises</Trans> : <Trans>Give it its own</Trans>}
            </Button>
          </p>
        </div>
      ) : (
        <>
          <HoursForm
            key={departmentId}
            departmentId={departmentId}
            hours={hours ? toHours(hours) : usualHours}
            promises={promises ? toPromises(promises) : noPromises}
            isNew={!isOwn}
            companyZone={company.timeZone}
            onSaved={again}
          />
          {departmentId !== null && isOwn && (
            <p>
              <Button look="quiet" onClick={() => void drop()}>
                <Trans>Use the company’s again</Trans>
              </Button>
            </p>
          )}
        </>
      )}
    </section>
  );
}
