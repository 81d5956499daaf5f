import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { useWordsOf } from "../../../shared/ui/changeWords.ts";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { DeskDepartmentsDocument } from "../../start.gen.ts";
import { useTitle } from "../../title.ts";
import { showToast } from "../../toasts.ts";
import { RouteLine } from "./RouteLine.tsx";
import { RouteSentence } from "./RouteSentence.tsx";
import { draftOf, inputOf, isSameList, movedTo, newDraft, type RouteDraft, usualRoutes } from "./routeDrafts.ts";
import { type RoutePartsFragment, RoutesDocument, SetRoutesDocument } from "./routes.gen.ts";
import "../../css/routing.css";

/** By which rules a request finds who works on it: read from the top, the first line that fits applies (FIELD.md B4). */
export function RoutingPage() {
  const { t } = useLingui();
  useTitle(t`Routing`);
  const [{ data, error }, ask] = useQuery({ query: RoutesDocument });
  const [{ data: company }] = useQuery({ query: DeskDepartmentsDocument });
  const [, setRoutes] = useMutation(SetRoutesDocument);
  const [drafts, setDrafts] = useState<RouteDraft[]>();
  const [edited, setEdited] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const wordsOf = useWordsOf();
  if (error && !data) return <ErrorState failure={toFailure(error)} onRetry={() => ask()} />;
  if (!data) return <Skeleton lines={[60, 90, 90, 90]} />;

  const saved = (data.routes as RoutePartsFragment[]).map(draftOf);
  const lines = drafts ?? saved;
  const isChanged = !isSameList(lines, saved);
  const departments = (company?.departments ?? []).filter((each) => each.archivedAt === null);
  const add = () => {
    const draft = newDraft();
    setDrafts([...lines, draft]);
    setEdited(draft.key);
  };
  const store = async (wanted: RouteDraft[]) => {
    const outcome = toOutcome(await setRoutes({ routes: wanted.map(inputOf) }), (found) => found.setRoutes);
    setProblem(wordsOf(outcome));
    if (outcome.kind !== "done") return;
    setDrafts(undefined);
    setEdited(undefined);
    ask({ requestPolicy: "network-only" });
    showToast(t`Saved: routing`, () => void undo());
  };
  const undo = async () => {
    await setRoutes({ routes: saved.map(inputOf) });
    ask({ requestPolicy: "network-only" });
  };

  return (
    <section className="admin-page">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2>
            <Trans>Routing</Trans>
          </h2>
          <p className="lead">
            <Trans>
              Who gets a request. It is read from the top, and the first line that fits applies. Nobody is given
              anything who is away, has no room, or does not work in the department; where nobody fits, it waits, and is
              given to the first who becomes available.
            </Trans>
          </p>
        </div>
        <Button look="quiet" onClick={add}>
          + <Trans>Add a line</Trans>
        </Button>
      </div>
      {lines.length === 0 ? (
        <EmptyState title={t`Nobody is given a request by rule`}>
          <p>
            <Trans>Colleagues take them from the queue in fair order.</Trans>
          </p>
          <Button onClick={() => setDrafts(usualRoutes())}>
            <Trans>Start with the four usual rules</Trans>
          </Button>
        </EmptyState>
      ) : (
        <ol className="rows">
          {lines.map((draft, at) => (
            <li key={draft.key} className="row">
              {edited !== draft.key ? (
                <RouteSentence
                  draft={draft}
                  place={at + 1}
                  departments={departments}
                  onEdit={() => setEdited(draft.key)}
                />
              ) : (
                <RouteLine
                  draft={draft}
                  place={at + 1}
                  departments={departments}
                  onClose={() => setEdited(undefined)}
                  onChange={(value) => setDrafts(lines.map((each) => (each === draft ? { ...draft, ...value } : each)))}
                  onRemove={() => setDrafts(lines.toSpliced(at, 1))}
                  onMove={(by) => setDrafts(movedTo(lines, at, at + by))}
                  isFirst={at === 0}
                  isLast={at === lines.length - 1}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" isDisabled={!isChanged} onClick={() => void store(lines)}>
          <Trans>Save</Trans>
        </Button>
        {isChanged && (
          <>
            <Button look="plain" onClick={() => setDrafts(undefined)}>
              <Trans>Discard</Trans>
            </Button>
            <span className="text-s text-ink-2">
              <Trans>It holds for what happens from now on.</Trans>
            </span>
          </>
        )}
      </div>
    </section>
  );
}
