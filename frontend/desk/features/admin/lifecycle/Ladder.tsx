import { useLingui } from "@lingui/react/macro";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import type { PolicyDraft, StepDraft } from "./policy.ts";
import { named, reminderNames } from "./words.ts";

/** The steps on a time line: the further apart in time, the further apart on the screen. */
export function Ladder({ policy, ladder }: { policy: PolicyDraft; ladder: readonly StepDraft[] }) {
  const { t } = useLingui();
  const locale = useLocale();
  const longest = Math.max(1, ...ladder.map((step) => step.after_hours).filter(Number.isFinite));
  const says = (step: StepDraft) => {
    if (step.action === "remind") {
      const name = reminderNames[step.template ?? ""];
      return name ? t(name) : t`Reminder`;
    }
    const tag = step.tag;
    if (step.action === "tag") return t`Tag “${tag ?? ""}”`;
    const to = policy.statuses.find(({ key }) => key === step.status);
    const name = to ? named(to.names, locale) : "?";
    return tag ? t`${name}, tag “${tag}”` : name;
  };
  return (
    <ol className="ladder-line">
      <li data-action="start">
        <span className="ladder-when">{t`Start`}</span>
      </li>
      {ladder.map((step, place) => {
        const apart = step.after_hours - (ladder[place - 1]?.after_hours ?? 0);
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own, its place is its name.
            key={place}
            data-action={step.action}
            style={{ flexGrow: 0.3 + Math.sqrt(Math.max(0, apart) / longest) }}
          >
            <span className="ladder-when">{spanOf(step, locale, t)}</span>
            <span>{says(step)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function spanOf(step: StepDraft, locale: string, t: ReturnType<typeof useLingui>["t"]): string {
  if (!Number.isFinite(step.after_hours)) return "?";
  const isDays = step.count !== "business_hours" && step.after_hours >= 48 && step.after_hours % 24 === 0;
  const amount = isDays ? step.after_hours / 24 : step.after_hours;
  const span = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: isDays ? "day" : "hour",
    unitDisplay: "long",
    maximumFractionDigits: 2,
  }).format(amount);
  return step.count === "business_hours" ? t`${span} of opening` : span;
}
