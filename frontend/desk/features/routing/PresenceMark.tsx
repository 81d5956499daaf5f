import { Trans, useLingui } from "@lingui/react/macro";
import { Time } from "../../../shared/ui/Time.tsx";
import type { PresencePartsFragment } from "./routing.gen.ts";

type Shown = Pick<PresencePartsFragment, "state" | "until" | "reason">;

/** Whether somebody is in, in words: colour only underlines them. */
export function PresenceMark({ presence }: { presence: Shown }) {
  const { t } = useLingui();
  const { state, until, reason } = presence;
  const tone = state === "IN" ? "good" : state === "AWAY" ? "wait" : "plain";
  return (
    <span className="pill" data-tone={tone} title={state === "AWAY" && reason ? t`Away: ${reason}` : undefined}>
      <span>
        {state === "IN" && <Trans>In</Trans>}
        {state === "LEFT" && <Trans>No longer here</Trans>}
        {state === "AWAY" &&
          (until ? (
            <Trans>
              Away until <Time at={until} mode="absolute" />
            </Trans>
          ) : (
            <Trans>Away</Trans>
          ))}
        {state === "OFF_SHIFT" &&
          (until ? (
            <Trans>
              Off, in again <Time at={until} mode="absolute" />
            </Trans>
          ) : (
            <Trans>Off</Trans>
          ))}
      </span>
    </span>
  );
}
