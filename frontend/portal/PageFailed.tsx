import { useLingui } from "@lingui/react/macro";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorState } from "../shared/ui/ErrorState.tsx";
import { Page } from "./Page.tsx";

/** The page itself broke; the reader's drafts are kept, so a fresh load loses nothing. */
export function PageFailed({ error }: ErrorComponentProps) {
  const { t } = useLingui();
  const isChunkMissing = /dynamically imported module|module script failed/i.test(String(error));
  const failure = isChunkMissing ? ({ kind: "offline" } as const) : ({ kind: "surprise", errorId: null } as const);
  return (
    <Page title={t`This page did not open`}>
      <ErrorState failure={failure} onRetry={() => location.reload()} />
    </Page>
  );
}
