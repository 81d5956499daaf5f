import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Button } from "../../../shared/ui/Button.tsx";
import { Select } from "../../../shared/ui/Field.tsx";
import { Radio, RadioGroup } from "../../../shared/ui/Radio.tsx";
import type { RequestDraft } from "./draft.ts";
import type { NewRequestQuery } from "./newRequest.gen.ts";

export type Department = NewRequestQuery["departments"][number];
export type Kind = Department["kinds"][number];

/** Beyond this a list of cards is a wall; the browser's own list is searched by typing. */
const MOST_CARDS = 12;

interface Props {
  form: UseFormReturn<RequestDraft>;
  departments: readonly Department[];
  department: Department | undefined;
  kinds: readonly Kind[];
}

/** First where it goes, then what it is about. */
export function DepartmentAndKind({ form, departments, department, kinds }: Props) {
  const { t } = useLingui();
  const { errors } = form.formState;
  const kindId = form.watch("kindId");
  const kind = kinds.find((each) => each.id === kindId);

  return (
    <>
      <Choice
        label={t`Department`}
        name="departmentId"
        form={form}
        options={departments}
        chosen={department?.name}
        canChange={departments.length > 1}
        problem={errors.departmentId?.message}
        onChoose={() => form.setValue("kindId", "")}
      />
      {department && kinds.length > 0 && (
        <Choice
          key={department.id}
          label={t`What is it about?`}
          name="kindId"
          form={form}
          options={[...kinds, { id: "none", name: t`Something else`, description: "" }]}
          chosen={kindId === "none" ? t`Something else` : kind?.name}
          canChange
          problem={errors.kindId?.message}
        />
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  name: "departmentId" | "kindId";
  form: UseFormReturn<RequestDraft>;
  options: readonly { id: string; name: string; description: string }[];
  chosen: string | undefined;
  canChange: boolean;
  problem: string | undefined;
  onChoose?: () => void;
}

function Choice({ label, name, form, options, chosen, canChange, problem, onChoose }: ChoiceProps): ReactNode {
  const { t } = useLingui();
  // What a link or the draft has chosen is folded; what is chosen here stays open, or the arrow keys would lose it.
  const [isOpen, setOpen] = useState(!chosen);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (isAsked) document.querySelector<HTMLElement>(`input[name=${name}]:checked, select[name=${name}]`)?.focus();
  }, [isAsked, name]);
  const registration = form.register(name, { required: t`Choose one.`, onChange: () => onChoose?.() });

  if (chosen && !isOpen && !problem) {
    return (
      <div className="chosen">
        <span className="chosen-label">{label}</span>
        <strong>{chosen}</strong>
        {canChange && (
          <Button
            look="plain"
            onClick={() => {
              setOpen(true);
              setAsked(true);
            }}
            aria-label={t`Change: ${label}`}
          >
            <Trans>Change</Trans>
          </Button>
        )}
      </div>
    );
  }
  if (options.length > MOST_CARDS) {
    return (
      <Select label={label} problem={problem} {...registration}>
        <option value="">{t`Choose…`}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <RadioGroup legend={label} problem={problem} className="cards">
      {options.map((option) => (
        <Radio key={option.id} value={option.id} hint={option.description || undefined} {...registration}>
          {option.name}
        </Radio>
      ))}
    </RadioGroup>
  );
}
