import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../ui/Button.tsx";

/** Shown this once: whoever reloads the page makes new ones. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join("\n"));
    setCopied(true);
  };
  return (
    <section aria-labelledby="codes">
      <h2 id="codes">
        <Trans>Keep these recovery codes</Trans>
      </h2>
      <p className="security-lead">
        <Trans>
          Each lets you in once when app and passkey are out of reach. They are shown only now: print them, or put them
          into your password manager.
        </Trans>
      </p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onKept}>
          <Trans>I have kept them</Trans>
        </Button>
        <Button look="quiet" onClick={() => void copy()}>
          {isCopied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
        </Button>
      </div>
    </section>
  );
}
