import { useEffect, useRef } from "react";

interface Options {
  /** The company's language as the page was loaded, and as it is now. */
  first: string;
  current: string;
  /** Asks the server whose language counts: who has chosen one keeps it when the company's changes. */
  ask: () => Promise<string | undefined>;
  /** Switches the texts to the language of a tag. */
  speak: (tag: string) => Promise<void>;
}

/** Follows the company's language while the page is open. */
export function useNewLanguage({ first, current, ask, speak }: Options): void {
  const known = useRef(first);
  useEffect(() => {
    if (current === known.current) return;
    known.current = current;
    void ask().then((tag) => (tag === undefined ? undefined : speak(tag)));
  }, [current, ask, speak]);
}
