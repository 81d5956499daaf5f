import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import type { Font } from "../../../shared/gql/schema.gen.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { TextField } from "../../../shared/ui/Field.tsx";
import { Radio, RadioGroup } from "../../../shared/ui/Radio.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useDesk } from "../../desk.ts";
import type { DeskCompanyPartsFragment } from "../../start.gen.ts";
import { useTitle } from "../../title.ts";
import { AdminCompanyDocument, UpdateBrandDocument } from "./admin.gen.ts";
import { ColorField } from "./ColorField.tsx";
import { useContrast } from "./contrast.ts";
import { useAdminForm } from "./form.ts";
import { LogoField } from "./LogoField.tsx";
import { PortalPreview } from "./PortalPreview.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { fontNames } from "./words.ts";

export function BrandPage() {
  const { t } = useLingui();
  useTitle(t`Brand`);
  const [{ data, error }, ask] = useQuery({ query: AdminCompanyDocument });
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[40, 90, 60]} />;
  const company = data.company as DeskCompanyPartsFragment;
  return (
    <section className="admin-page wide">
      <div>
        <h2>
          <Trans>Brand</Trans>
        </h2>
        <p className="lead">
          <Trans>How the portal and the mails look. Saved, it shows there at once.</Trans>
        </p>
      </div>
      <BrandForm brand={company.brand} />
    </section>
  );
}

interface Values {
  name: string;
  primaryColor: string;
  secondaryColor: string | null;
  font: Font;
}

export function BrandForm({ brand }: { brand: DeskCompanyPartsFragment["brand"] }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const [, update] = useMutation(UpdateBrandDocument);
  const { name, primaryColor, secondaryColor, font } = brand;
  const form = useAdminForm({
    saved: { name, primaryColor, secondaryColor, font } satisfies Values as Values,
    labels: { name: t`name`, primaryColor: t`main colour`, secondaryColor: t`second colour`, font: t`typeface` },
    save: async (input: Values) => toOutcome(await update({ input }), (data) => data.updateBrand),
    onSaved: refetch,
  });
  const { values, set } = form;
  const primary = useContrast(values.primaryColor);
  const secondary = useContrast(values.secondaryColor ?? "");

  return (
    <form ref={form.form} className="with-preview" onSubmit={form.submit} noValidate>
      <div className="admin-form">
        <TextField
          label={t`Name`}
          hint={t`At the top of the portal and in every mail.`}
          value={values.name}
          maxLength={200}
          problem={form.problemOf("name")}
          onChange={(event) => set("name", event.target.value)}
        />
        <LogoField logoUrl={brand.logoUrl} name={values.name} />
        <ColorField
          label={t`Main colour`}
          hint={t`Buttons, links and what is chosen.`}
          value={values.primaryColor}
          contrast={primary}
          problem={form.problemOf("primaryColor")}
          onChange={(color) => set("primaryColor", color)}
        />
        {values.secondaryColor === null ? (
          <div>
            <Button look="plain" onClick={() => set("secondaryColor", "#64748b")}>
              + {t`Add a second colour`}
            </Button>
          </div>
        ) : (
          <ColorField
            label={t`Second colour`}
            hint={t`For small accents, where the main one would be too much.`}
            value={values.secondaryColor}
            contrast={secondary}
            problem={form.problemOf("secondaryColor")}
            onChange={(color) => set("secondaryColor", color)}
            onRemove={() => set("secondaryColor", null)}
          />
        )}
        <RadioGroup legend={t`Typeface`} problem={form.problemOf("font")}>
          {(Object.keys(fontNames) as Font[]).map((each) => (
            <Radio key={each} name="font" checked={values.font === each} onChange={() => set("font", each)}>
              <span className="font-sample" data-font={each}>
                {t(fontNames[each])}
              </span>
            </Radio>
          ))}
        </RadioGroup>
        <SaveBar changed={form.changed} problem={form.formProblem} isSaving={form.isSaving} onDiscard={form.discard} />
      </div>
      <PortalPreview
        name={values.name}
        logoUrl={brand.logoUrl}
        primaryColor={values.primaryColor}
        secondaryColor={values.secondaryColor}
        font={values.font}
        primary={primary}
        secondary={secondary}
      />
    </form>
  );
}
