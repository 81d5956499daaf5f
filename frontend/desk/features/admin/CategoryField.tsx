import { useLingui } from "@lingui/react/macro";
import type { Category } from "../../../shared/gql/schema.gen.ts";
import { Select } from "../../../shared/ui/Field.tsx";
import { categories, categoryNames } from "../../categories.ts";

interface Props {
  value: Category;
  hint: string;
  onChange: (category: Category) => void;
}

/** What a request is: rules of routing ask for it (FIELD.md B2). */
export function CategoryField({ value, hint, onChange }: Props) {
  const { t } = useLingui();
  return (
    <Select
      label={t`Category`}
      hint={hint}
      value={value}
      onChange={(event) => onChange(event.target.value as Category)}
    >
      {categories.map((each) => (
        <option key={each} value={each}>
          {t(categoryNames[each])}
        </option>
      ))}
    </Select>
  );
}
