import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { LeakType } from "../gql/schema.gen.ts";
import { type SealedDraft, sealLeaks } from "./sealText.ts";
import { findLeaks, type Leak } from "./uncached.ts";

const PAUSE = 700;

const names = {
  PASSWORD: msg`password`,
  CARD: msg`card number`,
  CARD_CODE: msg`card code`,
  PRIVATE_KEY: msg`private key`,
  API_KEY: msg`key`,
  TOKEN: msg`token`,
} satisfies Record<LeakType, unknown>;

export interface Sealing {
  /** What looks like a secret in the text as it is now. */
  leaks: readonly Leak[];
  /** What the text would become, and what would be sealed. */
  secrets: readonly SealedDraft[];
  setSecrets: (secrets: readonly SealedDraft[]) => void;
  /** Seals what was found; gives the text with marks in their place. */
  seal: () => string;
  /** The writer wants it sent as it is. */
  dismiss: () => void;
  isDismissed: boolean;
  /** The server refused the text for what it holds: look at once. */
  look: () => Promise<void>;
  clear: () => void;
}

/** Looks at a text while it is written, at each pause; the server looks again when it is sent. */
export function useSealing(text: string): Sealing {
  const { t } = useLingui();
  const [found, setFound] = useState<{ text: string; leaks: readonly Leak[] }>({ text: "", leaks: [] });
  const [dismissed, setDismissed] = useState<string>();
  const [secrets, setSecrets] = useState<readonly SealedDraft[]>([]);
  const current = useRef(text);
  current.current = text;

  const look = async () => {
    const asked = current.current;
    const leaks = await findLeaks(asked);
    // What was found belongs to the text that was asked about, and to no other.
    if (current.current === asked) setFound({ text: asked, leaks });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text alone starts the pause anew.
  useEffect(() => {
    if (text.trim().length < 6) return;
    const timer = setTimeout(() => void look(), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);

  const leaks = found.text === text ? found.leaks : [];
  return {
    leaks,
    secrets,
    setSecrets,
    seal: () => {
      const taken = secrets.map((secret) => secret.label);
      const sealed = sealLeaks(
        text,
        leaks,
        (kind) => t(names[kind]),
        (label) => t`[sealed: ${label}]`,
        taken,
      );
      setSecrets([...secrets, ...sealed.secrets]);
      return sealed.text;
    },
    dismiss: () => setDismissed(text),
    isDismissed: dismissed === text && text !== "",
    look,
    clear: () => {
      setSecrets([]);
      setDismissed(undefined);
    },
  };
}
