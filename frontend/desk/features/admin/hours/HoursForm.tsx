import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { toOutcome } from "../../../../shared/gql/problem.ts";
import type { OpeningHoursInput, PromisesInput } from "../../../../shared/gql/schema.gen.ts";
import { Select } from "../../../../shared/ui/Field.tsx";
import { useAdminForm } from "../form.ts";
import { SaveBar } from "../SaveBar.tsx";
import { HolidayFields } from "./HolidayFields.tsx";
import { SetOpeningHoursDocument, SetPromisesDocument } from "./hours.gen.ts";
import { OwnDays } from "./OwnDays.tsx";
import { PromiseGrid } from "./PromiseGrid.tsx";
import { PromisePreview } from "./PromisePreview.tsx";
import { WeekEditor } from "./WeekEditor.tsx";

interface Props {
  departmentId: string | null;
  hours: OpeningHoursInput;
  promises: PromisesInput;
  /** Nothing is set yet: saving sets what is shown. */
  isNew: boolean;
  companyZone: string;
  onSaved: () => void;
}

/** When people are there and what is promised, with what a client would read. */
export function HoursForm({ departmentId, hours, promises, isNew, companyZone, onSaved }: Props) {
  const { t } = useLingui();
  const [, setHours] = useMutation(SetOpeningHoursDocument);
  const [, setPromises] = useMutation(SetPromisesDocument);
  const form = useAdminForm({
    saved: { ...hours, weekly: hours.spans, promises },
    labels: {
      spans: t`opening hours`,
      weekly: t`opening hours`,
      days: t`days of your own`,
      zone: t`time zone`,
      country: t`holidays`,
      subdivision: t`part of the country`,
      promises: t`promises`,
    },
    save: async ({ promises: promised, weekly, days, zone, country, subdivision }) => {
      const given = { spans: weekly, days, zone, country, subdivision };
      const set = toOutcome(await setHours({ departmentId, hours: given }), (data) => data.setOpeningHours);
      if (set.kind !== "done") return set;
      return toOutcome(await setPromises({ departmentId, promises: promised }), (data) => data.setPromises);
    },
    onSaved,
  });
  const { values, set } = form;
  const given = {
    spans: values.weekly,
    days: values.days,
    zone: values.zone ?? null,
    country: values.country ?? null,
    subdivision: values.subdivision ?? null,
  };
  return (
    <form ref={form.form} className="admin-form" onSubmit={form.submit} noValidate>
      <h3>
        <Trans>Opening hours</Trans>
      </h3>
      {form.problemOf("weekly") && (
        <p className="problem" role="alert">
          {form.problemOf("weekly")}
        </p>
      )}
      <WeekEditor spans={values.weekly} onChange={(weekly) => set("weekly", weekly)} />
      <Select
        label={t`Time zone`}
        value={values.zone ?? ""}
        problem={form.problemOf("zone")}
        onChange={(event) => set("zone", event.target.value || null)}
      >
        <option value="">{t`the company’s: ${companyZone}`}</option>
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </Select>
      <h3>
        <Trans>Holidays</Trans>
      </h3>
      <HolidayFields
        hours={given}
        problem={form.problemOf("country")}
        onChange={(changes) => {
          if ("country" in changes) set("country", changes.country ?? null);
          if ("subdivision" in changes) set("subdivision", changes.subdivision ?? null);
        }}
      />
      <OwnDays days={values.days} problem={form.problemOf("days")} onChange={(days) => set("days", days)} />
      <h3>
        <Trans>Promises</Trans>
      </h3>
      <p className="lead">
        <Trans>
          The aim is what clients read; the latest is the rule. The clock stands still while a request waits for the
          client or is on hold. Open requests move along when you save.
        </Trans>
      </p>
      <PromiseGrid promises={values.promises} onChange={(promised) => set("promises", promised)} />
      <PromisePreview hours={given} promises={values.promises} />
      <SaveBar
        changed={form.changed}
        problem={form.formProblem}
        isSaving={form.isSaving}
        onDiscard={form.discard}
        {...(isNew ? { verb: t`Set these hours and promises` } : {})}
      />
    </form>
  );
}
