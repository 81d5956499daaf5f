import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { useActions } from "../../../shared/keyboard/actions.ts";
import { ticketNumber } from "../../../shared/ticketNumber.ts";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useLatest } from "../../latest.ts";
import { useListActions } from "../../listActions.ts";
import { PaneBack } from "../../PaneBack.tsx";
import type { RowPartsFragment } from "../../row.gen.ts";
import { type GridHandle, TicketGrid } from "../../TicketGrid.tsx";
import { DeskSearchDocument } from "./search.gen.ts";

const PAUSE = 200;
const FIRST = 50;

interface Props {
  query: string;
  openNumber: number | undefined;
  onQuery: (query: string) => void;
  onOpen: (number: number, how: "open" | "step") => void;
  onClose: () => void;
}

/** Finds tickets by words or by number, while one types. */
export function SearchPane({ query, openNumber, onQuery, onOpen, onClose }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const [{ data, error, fetching }, ask] = useQuery({
    query: DeskSearchDocument,
    variables: { query, first: FIRST, after: null },
    pause: query === "",
  });
  const rows = (query === "" ? [] : (data?.search.edges ?? [])).map((edge) => edge.node as RowPartsFragment);
  const list = useListActions({ rows, openNumber, onOpen, grid });

  // A number goes straight to its ticket: by Enter, and where the address brings one.
  const [isJumping, setJumping] = useState(openNumber === undefined && query !== "");
  const number = ticketNumber(text);
  const isFound = number !== undefined && rows[0]?.number === number && text.trim() === query;
  const jump = useLatest((to: number) => onOpen(to, "open"));
  useEffect(() => {
    if (!isJumping || !isFound) return;
    setJumping(false);
    jump(number);
  }, [isJumping, isFound, number, jump]);

  const search = useLatest(onQuery);
  useEffect(() => {
    if (text.trim() === query) return;
    const timer = setTimeout(() => search(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [text, query, search]);
  useEffect(() => {
    if (openNumber === undefined) input.current?.focus();
  }, [openNumber]);

  useActions([
    {
      id: "queue.back",
      name: t`Back to the results`,
      group: t`Move`,
      keys: "u",
      isEnabled: openNumber !== undefined,
      perform: () => {
        onClose();
        grid.current?.focus();
      },
    },
    {
      id: "desk.search",
      name: t`Search tickets`,
      group: t`Desk`,
      keys: "/",
      perform: () => input.current?.select(),
    },
  ]);
  const onOpenRow = useLatest((number: number) => onOpen(number, "open"));
  const onEnd = useLatest(() => undefined);

  return (
    <section className="pane queue-pane" aria-label={t`Search`}>
      <header className="pane-head">
        <PaneBack to="views" />
        <h1 className="visually-hidden">{t`Search`}</h1>
        <input
          ref={input}
          type="search"
          className="control"
          aria-label={t`Search tickets`}
          placeholder={t`Number, subject, words, client or address`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setJumping(false);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && number !== undefined) setJumping(true);
            if (event.key !== "ArrowDown" || rows.length === 0) return;
            event.preventDefault();
            grid.current?.focus();
          }}
        />
      </header>
      {error && !data ? (
        <div className="px-4 py-3">
          <ErrorState failure={toFailure(error)} onRetry={() => ask({ requestPolicy: "network-only" })} />
        </div>
      ) : query !== "" && fetching && !data ? (
        <div className="px-4 py-3">
          <Skeleton lines={[92, 64, 88, 70, 95]} />
        </div>
      ) : (
        <TicketGrid
          ref={grid}
          label={t`Results`}
          rows={rows}
          hasMore={false}
          onEnd={onEnd}
          shows="activity"
          showsDepartment
          showsStatus
          openNumber={openNumber}
          cursor={list.cursor}
          onCursor={list.setCursor}
          onOpen={onOpenRow}
        >
          {rows.length === 0 && (
            <div className="px-4 py-3">
              {query === "" ? (
                <EmptyState title={t`What are you looking for?`}>
                  <p>{t`A number finds its ticket; words find subjects and messages.`}</p>
                </EmptyState>
              ) : (
                <EmptyState title={t`Nothing found for “${query}”`}>
                  <p>{t`Try fewer words, or the client’s name or domain.`}</p>
                </EmptyState>
              )}
            </div>
          )}
          {data?.search.pageInfo.hasNextPage && query !== "" && (
            <p className="px-4 py-3 text-s text-ink-2">{t`These are the best ${FIRST}. Add a word to find fewer.`}</p>
          )}
        </TicketGrid>
      )}
    </section>
  );
}
