import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Failure } from "../gql/problem.ts";
import { Button } from "./Button.tsx";

interface Props {
  failure: Failure;
  onRetry?: () => void;
  children?: ReactNode;
}

/** What happened, what to do, and the id under which our log has it. */
export function ErrorState({ failure, onRetry, children }: Props) {
  return (
    <div className="state" role="alert">
      {failure.kind === "offline" ? (
        <>
          <strong>
            <Trans>No connection</Trans>
          </strong>
          <p>
            <Trans>This page appears as soon as the connection is back.</Trans>
          </p>
        </>
      ) : (
        <>
          <strong>
            <Trans>Something went wrong on our side</Trans>
          </strong>
          <p>
            {failure.errorId ? (
              <Trans>Try again. If it keeps happening, tell us the number below.</Trans>
            ) : (
              <Trans>Try again. If it keeps happening, tell us what you were doing.</Trans>
            )}
          </p>
          {failure.errorId && (
            <p className="num">
              <Trans>
                Error <code>{failure.errorId}</code>
              </Trans>
            </p>
          )}
        </>
      )}
      {onRetry && (
        <Button onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      )}
      {children}
    </div>
  );
}
