import type { ErrorComponentProps } from "@tanstack/react-router";
import { ErrorState } from "../shared/ui/ErrorState.tsx";

/** The page itself broke; drafts are kept, so a fresh load loses nothing. */
export function PageFailed({ error }: ErrorComponentProps) {
  const isChunkMissing = /dynamically imported module|module script failed/i.test(String(error));
  const failure = isChunkMissing ? ({ kind: "offline" } as const) : ({ kind: "surprise", errorId: null } as const);
  return (
    <section className="pane solo">
      <ErrorState failure={failure} onRetry={() => location.reload()} />
    </section>
  );
}
