import { type RefObject, useRef, useState } from "react";
import type { Level } from "../../../shared/gql/schema.gen.ts";
import { methodsFor, reaches } from "../../../shared/levels.ts";
import { useVisitor } from "../../visitor.ts";
import type { ProofClientPartsFragment } from "./newRequest.gen.ts";

export type StepUp = "CARD" | "PASSWORD";

export interface Proof {
  /** The ways that reach the level; empty when nothing needs to be proved here. */
  methods: readonly StepUp[];
  /** The level can be reached by none of the ways on this page (a second factor, say). */
  isOutOfReach: boolean;
  method: StepUp | undefined;
  choose: (method: StepUp) => void;
  /** The typed secret lives in the field alone: never in state, draft or storage. */
  field: RefObject<HTMLInputElement | null>;
  /**
   * Takes the secret out of the field, which is empty afterwards. Undefined when it cannot be right yet: nothing
   * typed, or no four digits; that costs none of the day's tries, and what was typed stays to be finished.
   */
  take: () => { method: StepUp; secret: string } | undefined;
}

/** The proof that a signed-in client has to give for `required`, beyond being signed in. */
export function useProof(required: Level, client: ProofClientPartsFragment | null | undefined): Proof {
  const { company } = useVisitor();
  const [chosen, choose] = useState<StepUp>();
  const field = useRef<HTMLInputElement>(null);
  const isNeeded = !reaches("SIGNED_IN", required);
  const methods = isNeeded ? methodsFor(required, client?.cardOnFile ?? false, company.proofMethods) : [];
  const method = chosen && methods.includes(chosen) ? chosen : methods[0];
  return {
    methods,
    isOutOfReach: isNeeded && methods.length === 0,
    method,
    choose,
    field,
    take: () => {
      const secret = field.current?.value ?? "";
      if (!method || !(method === "CARD" ? /^\d{4}$/ : /./s).test(secret)) return undefined;
      if (field.current) field.current.value = "";
      return { method, secret };
    },
  };
}
