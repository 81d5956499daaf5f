import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { CheckPolicyDocument, type CheckPolicyQuery } from "./lifecycle.gen.ts";

export type Fault = CheckPolicyQuery["checkPolicy"]["faults"][number];
export type Arrow = CheckPolicyQuery["checkPolicy"]["arrows"][number];

/** The value as it was when nothing had changed for a moment. */
export function useSettled<Value>(value: Value, wait = 250): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}

/** What the server says of the draft. The last arrows stay while a fault hides what leads where. */
export function useCheck(definition: string) {
  const settled = useSettled(definition);
  const [{ data, error, fetching }] = useQuery({
    query: CheckPolicyDocument,
    variables: { definition: settled },
    requestPolicy: "network-only",
  });
  const [arrows, setArrows] = useState<readonly Arrow[]>([]);
  const found = data?.checkPolicy.arrows;
  useEffect(() => {
    if (found && found.length > 0) setArrows(found);
  }, [found]);
  const faults: readonly Fault[] = data?.checkPolicy.faults ?? [];
  return {
    faults,
    arrows,
    isChecked: !fetching && settled === definition && data !== undefined && !error,
    /** The words for the first fault at a place of the definition. */
    at: (path: string): string | undefined => faults.find((fault) => fault.path === path)?.message,
  };
}
