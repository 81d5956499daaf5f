import { useLingui } from "@lingui/react/macro";
import { type RefObject, useRef, useState } from "react";
import { useClient } from "urql";
import { toOutcome } from "../../shared/gql/problem.ts";
import { signWithPasskey } from "../../shared/security/passkey.ts";
import { ProofOptionsDocument } from "./proof.gen.ts";
import { isLocked, type StepUp, type Way } from "./ways.ts";

export interface Proof {
  /** The ways that reach the level; empty when nothing needs to be proved here. */
  ways: readonly Way[];
  /** The level can be reached by none of the ways on this page (a second factor, say). */
  isOutOfReach: boolean;
  way: Way | undefined;
  choose: (method: StepUp) => void;
  /** The typed secret lives in the field alone: never in state, draft or storage. */
  field: RefObject<HTMLInputElement | null>;
  /**
   * Takes the secret out of the field, which is empty afterwards. Undefined when it cannot be right yet: nothing
   * typed, or no four digits; that costs none of the day's tries, and what was typed stays to be finished.
   */
  take: () => Promise<{ method: StepUp; secret: string } | undefined>;
  /** What to say where `take` had nothing to give. */
  missing: string;
}

/**
 * The proof that has to be given by one of these ways; without them none is needed. `token` is of the mailed link by
 * whose holder it is given.
 */
export function useProof(offered: readonly Way[] | undefined, token?: string): Proof {
  const { t } = useLingui();
  const client = useClient();
  const [chosen, choose] = useState<StepUp>();
  const field = useRef<HTMLInputElement>(null);
  const ways = offered ?? [];
  const way = ways.find((each) => each.method === chosen) ?? ways.find((each) => !isLocked(each)) ?? ways[0];
  return {
    ways,
    isOutOfReach: offered !== undefined && ways.length === 0,
    way,
    choose,
    field,
    missing:
      way?.method === "CARD"
        ? t`Type all four digits.`
        : way?.method === "PASSKEY"
          ? t`No passkey was used.`
          : t`Type it first.`,
    take: async () => {
      // What was tried stays chosen: a lock that begins with it is told there, and nothing moves under the hands.
      if (way) choose(way.method);
      if (way?.method === "PASSKEY") {
        const result = await client.mutation(ProofOptionsDocument, { token }).toPromise();
        const outcome = toOutcome(result, (data) => data.proofOptions);
        const signed = outcome.kind === "done" ? await signWithPasskey(outcome.value.options) : undefined;
        return signed ? { method: way.method, secret: signed } : undefined;
      }
      const secret = field.current?.value ?? "";
      if (!way || !(way.method === "CARD" ? /^\d{4}$/ : /./s).test(secret)) return undefined;
      if (field.current) field.current.value = "";
      return { method: way.method, secret };
    },
  };
}
