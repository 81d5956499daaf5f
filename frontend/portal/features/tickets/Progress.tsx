import { useLingui } from "@lingui/react/macro";
import { Time } from "../../../shared/ui/Time.tsx";
import type { ProgressPartsFragment } from "./myRequests.gen.ts";
import "./progress.css";

interface Props {
  steps: ProgressPartsFragment["progress"];
  /** In a list: the marks alone, with their names for who cannot see them. */
  isSmall?: boolean;
}

/** How far a request is, as a line like that of a parcel; what was passed over and what is ahead look different. */
export function Progress({ steps, isSmall = false }: Props) {
  const { t } = useLingui();
  const here = steps.findIndex((step) => step.state === "NOW");
  if (isSmall) {
    const name = steps[here]?.name ?? "";
    return (
      <span className="progress-small" role="img" aria-label={t`${name}: step ${here + 1} of ${steps.length}`}>
        {steps.map((step) => (
          <span key={step.key} data-state={step.state} />
        ))}
      </span>
    );
  }
  return (
    <ol className="progress" aria-label={t`Progress`}>
      {steps.map((step) => (
        <li
          key={step.key}
          data-state={step.state}
          data-key={step.key}
          aria-current={step.state === "NOW" ? "step" : undefined}
        >
          <span className="name">{step.name}</span>
          {step.state === "SKIPPED" && <span className="visually-hidden">{t`(passed over)`}</span>}
          {step.state === "AHEAD" && <span className="visually-hidden">{t`(still ahead)`}</span>}
          {step.at && (
            <span className="when">
              <Time at={step.at} />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
