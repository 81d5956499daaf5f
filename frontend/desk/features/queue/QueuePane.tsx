import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useRef } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import type { Category, QueueView } from "../../../shared/gql/schema.gen.ts";
import { useActions } from "../../../shared/keyboard/actions.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Select } from "../../../shared/ui/Field.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { categories, categoryNames } from "../../categories.ts";
import { useLatest } from "../../latest.ts";
import { useListActions } from "../../listActions.ts";
import { PaneBack } from "../../PaneBack.tsx";
import { type GridHandle, TicketGrid } from "../../TicketGrid.tsx";
import { useMissingRows } from "./missingRows.ts";
import type { QueueFilter } from "./place.ts";
import { ViewCountsDocument } from "./queue.gen.ts";
import { useQueueRows } from "./queuePages.ts";
import { countOf, viewNames, views } from "./views.ts";

interface Props {
  title: string;
  filter: QueueFilter;
  openNumber: number | undefined;
  onOpen: (number: number, how: "open" | "step") => void;
  onClose: () => void;
  onView: (view: QueueView) => void;
  onCategory: (category: Category | undefined) => void;
}

/** A queue: who waits, the one who should be answered next first. */
export function QueuePane({ title, filter, openNumber, onOpen, onClose, onView, onCategory }: Props) {
  const { t } = useLingui();
  const read = useQueueRows(filter);
  const { rows, isLoading, hasMore, error, loadMore, retry } = read;
  useMissingRows(filter, read);
  const grid = useRef<GridHandle>(null);
  const list = useListActions({ rows, openNumber, onOpen, grid });
  useActions([
    {
      id: "queue.back",
      name: t`Back to the queue`,
      group: t`Move`,
      keys: "u",
      isEnabled: openNumber !== undefined,
      perform: () => {
        onClose();
        grid.current?.focus();
      },
    },
  ]);

  const onEnd = useLatest(loadMore);
  const onOpenRow = useLatest((number: number) => onOpen(number, "open"));

  return (
    <section className="pane queue-pane" aria-label={title}>
      <header className="pane-head">
        <PaneBack to="views" />
        <h1>{title}</h1>
        <Count filter={filter} />
        <span className="flex-1" />
        <Select
          label={t`Show`}
          hideLabel
          className="compact"
          value={filter.view}
          onChange={({ target }) => {
            const [, category] = target.value.split(":");
            if (category === undefined) onView(target.value as QueueView);
            else onCategory((category || undefined) as Category | undefined);
          }}
        >
          {views.map((view) => (
            <option key={view} value={view}>
              {t(viewNames[view])}
            </option>
          ))}
          <optgroup label={t`Category`}>
            <option value="category:">{t`Every category`}</option>
            {categories.map((each) => (
              <option key={each} value={`category:${each}`}>
                {each === filter.category && "✓ "}
                {t(categoryNames[each])}
              </option>
            ))}
          </optgroup>
        </Select>
      </header>
      {error && rows.length === 0 ? (
        <Padded>
          <ErrorState failure={toFailure(error)} onRetry={retry} />
        </Padded>
      ) : isLoading ? (
        <Padded>
          <Skeleton lines={[92, 64, 88, 70, 95, 58, 84, 66]} />
        </Padded>
      ) : (
        <TicketGrid
          ref={grid}
          label={title}
          rows={rows}
          hasMore={hasMore}
          onEnd={onEnd}
          shows={filter.view === "WAITING" ? "wait" : "activity"}
          showsDepartment={filter.departmentId === null}
          showsStatus={filter.view === "ALL"}
          openNumber={openNumber}
          cursor={list.cursor}
          onCursor={list.setCursor}
          onOpen={onOpenRow}
        >
          {rows.length === 0 && (
            <Padded>
              <EmptyState title={filter.view === "WAITING" ? t`Nobody is waiting here` : t`No tickets here`}>
                {filter.view === "WAITING" && (
                  <Button look="plain" onClick={() => onView("WAITING_FOR_CLIENT")}>
                    <Trans>Look at those that wait for the client</Trans>
                  </Button>
                )}
              </EmptyState>
            </Padded>
          )}
          {error && rows.length > 0 && (
            <Padded>
              <ErrorState failure={toFailure(error)} onRetry={retry} />
            </Padded>
          )}
        </TicketGrid>
      )}
    </section>
  );
}

function Count({ filter }: { filter: QueueFilter }) {
  const [{ data }] = useQuery({ query: ViewCountsDocument });
  const count = data && countOf(data.viewCounts, filter);
  if (!count) return null;
  return (
    <span className="chip num">
      {count}
      {filter.view === "WAITING" && (
        <span className="word">
          {" "}
          <Trans>waiting</Trans>
        </span>
      )}
    </span>
  );
}

function Padded({ children }: { children: ReactNode }) {
  return <div className="px-4 py-3">{children}</div>;
}
