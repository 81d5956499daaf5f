import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useBlocker } from "@tanstack/react-router";
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

/**
 * Looks at a text while it is written, at each pause; the server looks again when it is sent. What was sealed and not sent is
 * not left behind without asking; `hasOthers` says that more of the kind stands on the page.
 */
export function useSealing(text: string, hasOthers = false): Sealing {
  const { t } = useLingui();
  const [found, setFound] = useState<{ text: string; leaks: readonly Leak[] }>({ text: "", leaks: [] });
  const [dismissed, setDismissed] = useState<string>();
  const [secrets, keepSecrets] = useState<readonly SealedDraft[]>([]);
  const waits = useRef(false);
  const setSecrets = (next: readonly SealedDraft[]) => {
    waits.current = next.length > 0 || hasOthers;
    keepSecrets(next);
  };
  useEffect(() => {
    waits.current = secrets.length > 0 || hasOthers;
  }, [secrets, hasOthers]);
  // They stand in memory alone: whoever would leave them behind is asked first, by the browser where it reloads or closes.
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      waits.current &&
      current.pathname !== next.pathname &&
      !confirm(t`Leave this page? The sealed secrets were not sent yet, and are kept nowhere.`),
    enableBeforeUnload: false,
    disabled: secrets.length === 0 && !hasOthers,
  });
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (waits.current) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
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
      keepSecrets([]);
      // Also what else was sent: the page may be left before it is drawn anew.
      waits.current = false;
      setDismissed(undefined);
    },
  };
}
