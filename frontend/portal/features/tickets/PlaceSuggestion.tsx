import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { useQuery } from "urql";
import { Button } from "../../../shared/ui/Button.tsx";
import "./placeSuggestion.css";
import { DISMISSED_PLACES, type RequestDraft } from "./draft.ts";
import { PlaceSuggestionDocument } from "./placeSuggestion.gen.ts";

const PAUSE = 700;
/** A few words say nothing yet. */
const LEAST_LETTERS = 15;

/**
 * While one writes: a better place for the request, or a word that it seems to be two. One click takes it, and what was
 * dismissed stays dismissed. Nothing is ever changed by itself.
 */
export function PlaceSuggestion({ form }: { form: UseFormReturn<RequestDraft> }) {
  const { t } = useLingui();
  const [subject, body, departmentId, kindId] = form.watch(["subject", "body", "departmentId", "kindId"]);
  const [asked, setAsked] = useState({ subject: "", body: "" });
  const [dismissed, setDismissed] = useState(readDismissed);
  useEffect(() => {
    const timer = setTimeout(() => setAsked({ subject: subject.slice(0, 200), body: body.slice(0, 6_000) }), PAUSE);
    return () => clearTimeout(timer);
  }, [subject, body]);
  const [{ data, stale }] = useQuery({
    query: PlaceSuggestionDocument,
    variables: { ...asked, departmentId: departmentId || null, kindId: kindId && kindId !== "none" ? kindId : null },
    pause: departmentId === "" || asked.subject.length + asked.body.length < LEAST_LETTERS,
    requestPolicy: "network-only",
  });
  const found = data?.suggestPlace;
  if (!found || stale) return <div role="status" />;
  const { department, kind, second } = found;
  const mark = second ? `second:${second.id}` : `${department?.id}:${kind?.id ?? ""}`;
  // What stands as it is chosen is no news; "something else" was chosen over every kind.
  const isNews = second ?? department ?? (kindId === "none" ? null : kind);
  if (!isNews || dismissed.includes(mark)) return <div role="status" />;
  const dismiss = () => {
    const next = [...dismissed, mark];
    setDismissed(next);
    sessionStorage.setItem(DISMISSED_PLACES, JSON.stringify(next));
  };

  return (
    <div role="status" className="place-suggestion">
      <p>
        {second ? (
          <Trans>
            This looks like two requests, one of them for <strong>{second.name}</strong>. Sent one by one, each gets its
            own answer.
          </Trans>
        ) : !department ? (
          <Trans>
            This looks like <strong>{kind?.name}</strong>.
          </Trans>
        ) : kind ? (
          <Trans>
            This looks like <strong>{kind.name}</strong> for <strong>{department.name}</strong>.
          </Trans>
        ) : (
          <Trans>
            This looks like a request for <strong>{department.name}</strong>.
          </Trans>
        )}
      </p>
      <div className="place-buttons">
        {!second && (
          <Button
            onClick={() => {
              if (department) form.setValue("departmentId", department.id, { shouldDirty: true, shouldValidate: true });
              form.setValue("kindId", kind?.id ?? "", { shouldDirty: true });
            }}
          >
            <Trans>Choose this</Trans>
          </Button>
        )}
        <Button look="plain" onClick={dismiss} aria-label={second ? t`It is one request` : t`Leave it as it is`}>
          {second ? <Trans>It is one request</Trans> : <Trans>Leave it as it is</Trans>}
        </Button>
      </div>
    </div>
  );
}

function readDismissed(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(DISMISSED_PLACES) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
