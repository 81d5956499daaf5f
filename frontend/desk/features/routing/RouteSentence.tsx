import { Trans, useLingui } from "@lingui/react/macro";
import { useLocale } from "../../../shared/i18n/locale.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { categoryNames } from "../../categories.ts";
import type { RouteDraft } from "./routeDrafts.ts";
import { momentNames, stepNames } from "./words.ts";

interface Props {
  draft: RouteDraft;
  place: number;
  departments: readonly { id: string; name: string }[];
  onEdit: () => void;
}

/** A route as it reads: when what happens, who gets it. */
export function RouteSentence({ draft, place, departments, onEdit }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const moments = new Intl.ListFormat(locale, { type: "disjunction" }).format(
    draft.moments.map((each) => t(momentNames[each])),
  );
  const department = departments.find(({ id }) => id === draft.departmentId)?.name;
  return (
    <>
      <p className="route-sentence">
        <span className="faint num">{place}. </span>
        {draft.category ? <b>{t(categoryNames[draft.category])}</b> : <b>{t`Any request`}</b>}
        {department && (
          <>
            {" "}
            <Trans>
              in <b>{department}</b>
            </Trans>
          </>
        )}
        <span className="faint">
          {", "}
          <Trans>when {moments}</Trans>
        </span>
        <br />
        <span aria-hidden="true">→ </span>
        {draft.steps.map((step, at) => (
          <span key={step}>
            {at > 0 && (
              <span className="faint">
                {", "}
                <Trans>or else</Trans>{" "}
              </span>
            )}
            <b>{t(stepNames[step])}</b>
          </span>
        ))}
        <span className="faint">
          {", "}
          <Trans>otherwise it waits</Trans>
          {draft.offShift && (
            <>
              {"; "}
              <Trans>also outside their hours</Trans>
            </>
          )}
        </span>
      </p>
      <Button look="plain" aria-label={t`Edit line ${place}`} onClick={onEdit}>
        <Trans>Edit</Trans>
      </Button>
    </>
  );
}
