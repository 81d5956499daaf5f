import { Trans } from "@lingui/react/macro";
import { useDeferredValue } from "react";
import { useQuery } from "urql";
import type { OpeningHoursInput, PromisesInput } from "../../../../shared/gql/schema.gen.ts";
import { PreviewPromiseDocument } from "./hours.gen.ts";

/** What a client would read, in the server's words, before anything is saved. */
export function PromisePreview(props: { hours: OpeningHoursInput; promises: PromisesInput }) {
  const hours = useDeferredValue(props.hours);
  const promises = useDeferredValue(props.promises);
  const isFilledIn = hours.days.every(({ day, name }) => day !== "" && name !== "");
  const [{ data }] = useQuery({
    query: PreviewPromiseDocument,
    variables: { hours, promises, priority: "MEDIUM" },
    pause: !isFilledIn,
  });
  const preview = data?.previewPromise;
  return (
    <aside className="hours-preview" aria-live="polite">
      <p className="faint">
        <Trans>A client who asks at medium priority reads</Trans>
      </p>
      {preview?.now ? (
        <p>{preview.now}</p>
      ) : (
        <p>
          <Trans>nothing: no answer is promised</Trans>
        </p>
      )}
      {preview?.closed && (
        <>
          <p className="faint">
            <Trans>and half an hour after closing</Trans>
          </p>
          <p>{preview.closed}</p>
        </>
      )}
    </aside>
  );
}
