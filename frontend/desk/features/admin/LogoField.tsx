import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import { useMutation } from "urql";
import { fetchWithCsrf } from "../../../shared/gql/csrf.ts";
import { toOutcome } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { useDesk } from "../../desk.ts";
import { showToast } from "../../toasts.ts";
import { RemoveLogoDocument } from "./admin.gen.ts";

const TYPES = ["image/png", "image/jpeg", "image/webp"];
const MOST_BYTES = 256 * 1024;

/** The logo goes to the server as soon as it is chosen, apart from the rest of the form. */
export function LogoField({ logoUrl, name }: { logoUrl: string | null; name: string }) {
  const { t } = useLingui();
  const { refetch } = useDesk();
  const id = useId();
  const [, removeLogo] = useMutation(RemoveLogoDocument);
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);

  const upload = async (file: File) => {
    setProblem(undefined);
    if (!TYPES.includes(file.type)) return setProblem(t`Choose a PNG, JPEG or WebP picture.`);
    if (file.size > MOST_BYTES) return setProblem(t`This picture is too large; at most 256 kB.`);
    setSending(true);
    const refusal = await send(file);
    setSending(false);
    if (refusal !== undefined) return setProblem(refusal ?? t`The logo did not arrive. Try again.`);
    showToast(t`The portal shows the new logo`);
    refetch();
  };
  const remove = async () => {
    const outcome = toOutcome(await removeLogo({}), (data) => data.removeLogo);
    if (outcome.kind === "done") {
      showToast(t`The portal shows the name instead of a logo`);
      refetch();
    } else setProblem(outcome.kind === "refused" ? outcome.problem.message : t`Nothing was changed. Try again.`);
  };

  return (
    <div className="field">
      <label htmlFor={id}>
        <Trans>Logo</Trans>
      </label>
      <span id={`${id}-hint`} className="hint">
        <Trans>PNG, JPEG or WebP, at most 256 kB. Without one the portal shows the name.</Trans>
      </span>
      <div className="logo-field">
        {logoUrl && <img src={logoUrl} alt={t`Logo of ${name}`} height={40} />}
        <input
          id={id}
          type="file"
          accept={TYPES.join(",")}
          disabled={isSending}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${id}-problem ${id}-hint` : `${id}-hint`}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void upload(file);
          }}
        />
        {logoUrl && (
          <Button look="plain" onClick={remove}>
            <Trans>Remove the logo</Trans>
          </Button>
        )}
      </div>
      {problem && (
        <span id={`${id}-problem`} role="alert" className="problem">
          {problem}
        </span>
      )}
    </div>
  );
}

/** Undefined when it arrived; the server's words when it was refused; null when nothing better is known. */
async function send(file: File): Promise<string | null | undefined> {
  const body = new FormData();
  body.set("file", file);
  try {
    const response = await fetchWithCsrf("/logo", { method: "POST", body });
    if (response.ok) return undefined;
    const refusal = (await response.json()) as { message?: unknown };
    return typeof refusal.message === "string" ? refusal.message : null;
  } catch {
    // No answer, or an answer of a proxy that is no JSON: the field says that the logo did not arrive.
    return null;
  }
}
