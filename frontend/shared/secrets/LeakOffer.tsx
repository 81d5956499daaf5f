import { Trans } from "@lingui/react/macro";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import type { Sealing } from "./useSealing.ts";
import "./secrets.css";

interface Props {
  sealing: Sealing;
  onText: (text: string) => void;
  /** The server held the text back: now sending it as it is can be chosen. */
  onSendAnyway?: (() => void) | undefined;
  isForStaff?: boolean;
  /** A note for colleagues carries no sealed secret. */
  canSeal?: boolean;
}

/** Offers to seal what looks like a secret in the text; nobody is made to. */
export function LeakOffer({ sealing, onText, onSendAnyway, isForStaff = false, canSeal = true }: Props) {
  if (sealing.leaks.length === 0 || sealing.isDismissed) return null;
  const isCard = sealing.leaks.every((leak) => leak.kind === "CARD" || leak.kind === "CARD_CODE");
  return (
    <Banner tone="wait">
      <span className="grow basis-64">
        {isCard ? <Trans>This looks like a card number.</Trans> : <Trans>This looks like a password.</Trans>}{" "}
        {!canSeal ? (
          <Trans>Whoever reads the ticket reads it, for years.</Trans>
        ) : isForStaff ? (
          <Trans>
            Seal it? Only the client opens it here, it never travels by mail, and it goes when the ticket closes.
          </Trans>
        ) : (
          <Trans>
            Seal it? Only the staff who work on this can see it, and it is destroyed when the request closes.
          </Trans>
        )}
      </span>
      {canSeal && (
        <Button look="primary" onClick={() => onText(sealing.seal())}>
          <Trans>Seal it</Trans>
        </Button>
      )}
      {onSendAnyway ? (
        <Button look="plain" onClick={onSendAnyway}>
          <Trans>Send it anyway</Trans>
        </Button>
      ) : (
        <Button look="plain" onClick={sealing.dismiss}>
          <Trans>Leave it</Trans>
        </Button>
      )}
    </Banner>
  );
}
