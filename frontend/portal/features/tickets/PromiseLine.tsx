import { useQuery } from "urql";
import type { Priority } from "../../../shared/gql/schema.gen.ts";
import { DepartmentPromisesDocument, type NewRequestQuery } from "./newRequest.gen.ts";

interface Props {
  department: NewRequestQuery["departments"][number] | undefined;
  priority: Priority;
}

/** When a request that is sent now to this department is answered; nothing where nothing is promised. */
export function PromiseLine({ department, priority }: Props) {
  const isUsual = priority === "MEDIUM";
  const [{ data }] = useQuery({ query: DepartmentPromisesDocument, variables: { priority }, pause: isUsual });
  const asked = data?.departments.find(({ id }) => id === department?.id);
  const promise = isUsual ? department?.promise : asked?.promise;
  if (!promise) return null;
  return (
    <p className="hint" aria-live="polite">
      {promise.sentence}
    </p>
  );
}
