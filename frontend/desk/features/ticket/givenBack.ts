import { useEffect, useRef } from "react";
import type { Uploaded } from "../../../shared/attachments/upload.ts";
import type { SealedDraft } from "../../../shared/secrets/sealText.ts";

/** An answer that came back before it left: the composer of its ticket takes it up. */
export interface GivenBack {
  text: string;
  status: string;
  /** In memory alone, as ever. */
  secrets: readonly SealedDraft[];
  files: readonly Uploaded[];
}

const kept = new Map<number, GivenBack>();
const listeners = new Set<() => void>();

export function giveBack(number: number, draft: GivenBack): void {
  kept.set(number, draft);
  for (const listener of listeners) listener();
}

interface Taker {
  /** The composer shows something else: it opens for an answer first. */
  makeReady: () => void;
  take: (draft: GivenBack) => void;
}

/** Hands over what came back for a ticket, also where its composer opens only later. */
export function useGivenBack(number: number, isReady: boolean, taker: Taker): void {
  const current = useRef(taker);
  current.current = taker;
  useEffect(() => {
    const look = () => {
      const draft = kept.get(number);
      if (!draft) return;
      if (!isReady) {
        current.current.makeReady();
        return;
      }
      kept.delete(number);
      current.current.take(draft);
    };
    look();
    listeners.add(look);
    return () => {
      listeners.delete(look);
    };
  }, [number, isReady]);
}
