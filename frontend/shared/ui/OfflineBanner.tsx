import { Trans } from "@lingui/react/macro";
import { useOnline } from "../gql/connection.ts";
import { Banner } from "./Banner.tsx";

export function OfflineBanner() {
  return useOnline() ? null : (
    <Banner tone="wait">
      <Trans>No connection. What you write is kept here, and the page catches up by itself.</Trans>
    </Banner>
  );
}
