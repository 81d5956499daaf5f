import type { Problem } from "../../../shared/gql/problem.ts";
import type { RequestDraft } from "./draft.ts";

const fields = [
  "departmentId",
  "kindId",
  "projectId",
  "subject",
  "body",
  "priority",
  "name",
  "email",
  "account",
] as const;

/** The field that a refusal is about, if the form has it; proofs are told by their codes too. */
export function fieldOf(problem: Problem): keyof RequestDraft | "proof" | undefined {
  if (problem.code.startsWith("proof_")) return "proof";
  // The names and values of secrets have fields of their own, outside the draft.
  if (problem.code.startsWith("secret_") || (problem.code === "leak_suspected" && problem.field !== "subject"))
    return undefined;
  const name = problem.field?.split(".").at(-1);
  if (name === "proof" || name === "secret" || name === "method") return "proof";
  if (name === "accountNamed") return "account";
  return fields.find((field) => field === name || field === `${name}Id`);
}
