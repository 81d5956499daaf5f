import { useEffect } from "react";
import type { CombinedError } from "urql";
import { connection } from "../shared/gql/connection.ts";
import { toFailure } from "../shared/gql/problem.ts";
import { ErrorState } from "../shared/ui/ErrorState.tsx";

/** Nothing could be shown at all; the page loads anew by itself when the server is back. */
export function FirstLoadFailed({ error }: { error: CombinedError | undefined }) {
  useEffect(() => connection.subscribe(() => connection.online && location.reload()), []);
  return (
    <main className="column">
      <ErrorState failure={toFailure(error)} onRetry={() => location.reload()} />
    </main>
  );
}
