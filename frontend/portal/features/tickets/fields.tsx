import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { UseFormReturn } from "react-hook-form";
import type { Level, Priority } from "../../../shared/gql/schema.gen.ts";
import { reaches } from "../../../shared/levels.ts";
import { Select, TextArea, TextField } from "../../../shared/ui/Field.tsx";
import type { RequestDraft } from "./draft.ts";
import { priorities } from "./priorities.tsx";

interface Props {
  form: UseFormReturn<RequestDraft>;
}

/** White space alone is nothing written. */
const filled = (message: string) => (value: string) => value.trim() !== "" || message;

export function WrittenFields({ form }: Props) {
  const { t } = useLingui();
  const { errors } = form.formState;
  return (
    <>
      <TextField
        label={t`Subject`}
        hint={t`A few words. One matter per request gets the quickest answer.`}
        problem={errors.subject?.message}
        maxLength={200}
        autoComplete="off"
        {...form.register("subject", { validate: filled(t`Say in a few words what it is about.`) })}
      />
      <TextArea
        label={t`What happened, or what should be done?`}
        hint={t`What you did, what you saw, and the address of the page if there is one. Never a password: send that as a secret, below.`}
        problem={errors.body?.message}
        rows={7}
        {...form.register("body", { validate: filled(t`Write what you need.`) })}
      />
    </>
  );
}

export function PriorityField({ form }: Props) {
  const { t } = useLingui();
  return (
    <Select
      label={t`How urgent is it?`}
      problem={form.formState.errors.priority?.message}
      {...form.register("priority")}
    >
      {(Object.keys(priorities) as Priority[]).map((priority) => (
        <option key={priority} value={priority}>
          {t(priorities[priority])}
        </option>
      ))}
    </Select>
  );
}

export function GuestFields({ form }: Props) {
  const { t } = useLingui();
  const { errors } = form.formState;
  return (
    <>
      <TextField
        label={t`Your name`}
        problem={errors.name?.message}
        autoComplete="name"
        maxLength={200}
        {...form.register("name", { validate: filled(t`Tell us your name.`) })}
      />
      <TextField
        label={t`Your e-mail address`}
        hint={t`The receipt and every answer go there.`}
        problem={errors.email?.message}
        type="email"
        autoComplete="email"
        spellCheck={false}
        maxLength={254}
        {...form.register("email", {
          validate: (value) => /^\S+@\S+\.\S+$/.test(value.trim()) || t`Give the address like name@example.com.`,
        })}
      />
    </>
  );
}

/** Who may not prove anything here can name the account, whose owners are asked by mail. */
export function AccountField({ form, required }: Props & { required: Level }) {
  const { t } = useLingui();
  const { errors } = form.formState;
  return (
    <>
      <TextField
        label={t`Is this about an existing account?`}
        hint={t`Client number or the e-mail address on file. Leave it empty if it is not.`}
        problem={errors.account?.message}
        autoComplete="off"
        spellCheck={false}
        maxLength={254}
        {...form.register("account")}
      />
      {!reaches("NONE", required) && (
        <p className="aside">
          <Trans>
            This needs proof that the account is yours. <Link to="/sign-in">Sign in</Link> to give it here, or name the
            account: the address on file gets a link to prove it.
          </Trans>
        </p>
      )}
    </>
  );
}
