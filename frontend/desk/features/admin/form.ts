import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Outcome, Problem } from "../../../shared/gql/problem.ts";
import { showToast } from "../../toasts.ts";

interface Options<Values, Saved> {
  /** As the server has it; what was not touched follows it. */
  saved: Values;
  /** What each field is called, for "Saved: name, colour". */
  labels: Record<keyof Values, string>;
  save: (values: Values) => Promise<Outcome<Saved>>;
  /** After the server has it. */
  onSaved?: (value: Exclude<Saved, Problem>) => void;
  /** A new thing cannot be taken back by saving the old values. */
  canUndo?: boolean;
}

/** The state of one form of the settings: what was changed, what was refused and where, and the way back. */
export function useAdminForm<Values extends object, Saved>(options: Options<Values, Saved>) {
  const { saved, labels, save, onSaved, canUndo = true } = options;
  const { t } = useLingui();
  const [edits, setEdits] = useState<Partial<Values>>({});
  const [problem, setProblem] = useState<{ field: string | null; message: string }>();
  const [isSaving, setSaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  // The refused field is where one goes on.
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);

  const values: Values = { ...saved, ...edits };
  const changed = (Object.keys(edits) as (keyof Values)[]).filter((field) => !isSame(edits[field], saved[field]));

  const set = <Field extends keyof Values>(field: Field, value: Values[Field]) => {
    setEdits((before) => ({ ...before, [field]: value }));
    setProblem(undefined);
  };
  const problemOf = (field: keyof Values & string) => (problem?.field === field ? problem.message : undefined);
  const isFieldProblem = problem?.field != null && problem.field in saved;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSaving) return;
    setSaving(true);
    setProblem(undefined);
    const outcome = await save(values);
    setSaving(false);
    if (outcome.kind === "done") {
      setEdits({});
      const names = new Intl.ListFormat(document.documentElement.lang || "en", { type: "unit" }).format(
        changed.map((field) => labels[field]),
      );
      const undo = async () => {
        const undone = await save(saved);
        showToast(undone.kind === "done" ? t`It is as it was` : t`It could not be taken back`);
      };
      showToast(names ? t`Saved: ${names}` : t`Saved`, canUndo ? () => void undo() : undefined);
      onSaved?.(outcome.value as Exclude<Saved, Problem>);
      return;
    }
    if (outcome.kind === "refused") setProblem(outcome.problem);
    else if (outcome.failure.kind === "offline")
      setProblem({ field: null, message: t`No connection. Nothing was saved.` });
    else {
      const id = outcome.failure.errorId ?? "?";
      setProblem({ field: null, message: t`Nothing was saved: something went wrong on our side (error ${id}).` });
    }
  };

  return {
    form,
    values,
    set,
    problemOf,
    /** A refusal that belongs to no field of this form. */
    formProblem: problem && !isFieldProblem ? problem.message : undefined,
    changed: changed.map((field) => labels[field]),
    isSaving,
    submit,
    discard: () => {
      setEdits({});
      setProblem(undefined);
    },
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
