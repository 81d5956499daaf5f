import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { AttestationPartsFragment } from "../gql/fragments.gen.ts";
import type { Level } from "../gql/schema.gen.ts";
import { useLocale } from "../i18n/locale.ts";
import { present } from "./now.ts";
import { Tooltip } from "./Tooltip.tsx";
import { absoluteTime, exactTime } from "./times.ts";

/** What a level is called. */
export const levelNames = {
  NONE: msg`Not verified`,
  EMAIL: msg`Sender of the e-mail verified`,
  SIGNED_IN: msg`Signed in`,
  CARD: msg`Card digits proved`,
  PASSWORD: msg`Account password proved`,
  SECOND_FACTOR: msg`Second factor proved`,
} satisfies Record<Level, unknown>;

type Mark = "none" | "half" | "card" | "key";

const marks: Record<Level, Mark> = {
  NONE: "none",
  EMAIL: "half",
  SIGNED_IN: "half",
  CARD: "card",
  PASSWORD: "key",
  SECOND_FACTOR: "key",
};

interface Props {
  level: Level;
  attestation?: AttestationPartsFragment | null | undefined;
  /** Shows the words beside the mark ("Account password proved 10:14"). */
  withWords?: boolean;
  /** In rows with a focus of their own the mark takes none; the row's name then carries the words. */
  isFocusable?: boolean;
}

/**
 * The same small mark wherever proof matters: an open ring for none, half for e-mail or signed in, full with a card
 * or a key. It reads without colour; hover and focus tell method, time and who.
 */
export function VerificationBadge({ level, attestation, withWords = false, isFocusable = true }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const name = t(levelNames[level]);
  const proved = attestation && level !== "NONE" ? attestation : null;
  const provedAt = proved && new Date(proved.at);
  const short = provedAt ? `${name} ${absoluteTime(provedAt, new Date(present()), locale)}` : name;
  const by = proved?.by || t`name removed`;
  const recordedBy = proved?.recordedBy;
  const exact = provedAt ? exactTime(provedAt, locale) : "";
  const lines: ReactNode = proved ? (
    <>
      <strong>{name}</strong>
      <br />
      {exact}
      <br />
      {t`by ${by}`}
      {proved.address && <>, {proved.address}</>}
      {recordedBy && (
        <>
          <br />
          {t`by telephone, recorded by ${recordedBy}`}
        </>
      )}
    </>
  ) : (
    name
  );
  const label = proved ? `${name}, ${exact}, ${t`by ${by}`}` : name;

  const mark = (
    <span
      className="proof"
      data-mark={marks[level]}
      role="img"
      aria-label={withWords ? undefined : label}
      aria-hidden={withWords || undefined}
      tabIndex={isFocusable && !withWords ? 0 : undefined}
    >
      <ProofMark mark={marks[level]} />
    </span>
  );
  return (
    <Tooltip label={lines}>
      {withWords ? (
        <span className="proof-words" tabIndex={isFocusable ? 0 : undefined}>
          {mark}
          <span>{short}</span>
        </span>
      ) : (
        mark
      )}
    </Tooltip>
  );
}

function ProofMark({ mark }: { mark: Mark }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {mark === "none" && (
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2 2" />
      )}
      {mark === "half" && (
        <>
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
        </>
      )}
      {mark === "card" && (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <rect
            x="4.2"
            y="5.4"
            width="7.6"
            height="5.2"
            rx="1"
            fill="none"
            stroke="var(--proof-ground)"
            strokeWidth="1.1"
          />
          <path d="M4.2 7.2h7.6" stroke="var(--proof-ground)" strokeWidth="1.1" />
        </>
      )}
      {mark === "key" && (
        <>
          <circle cx="8" cy="8" r="7" fill="currentColor" />
          <circle cx="6.2" cy="8" r="1.9" fill="none" stroke="var(--proof-ground)" strokeWidth="1.2" />
          <path d="M8.1 8h4M10.6 8v1.7" stroke="var(--proof-ground)" strokeWidth="1.2" />
        </>
      )}
    </svg>
  );
}
