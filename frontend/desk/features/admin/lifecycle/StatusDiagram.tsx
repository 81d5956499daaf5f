import { Trans, useLingui } from "@lingui/react/macro";
import { useMemo, useState, useSyncExternalStore } from "react";
import { useLocale } from "../../../../shared/i18n/locale.ts";
import { layOut, pathOf, type Room } from "./diagram.ts";
import type { StatusDraft } from "./policy.ts";
import type { Arrow } from "./useCheck.ts";
import { meaningNames, named, whoNames } from "./words.ts";

interface Props {
  statuses: readonly StatusDraft[];
  initial: string;
  arrows: readonly Arrow[];
  chosen: string;
  faulty: ReadonlySet<string>;
  onChoose: (key: string) => void;
}

/** The life of a ticket at a glance: statuses to choose, and who leads from one to another. */
export function StatusDiagram({ statuses, initial, arrows, chosen, faulty, onChoose }: Props) {
  const { t } = useLingui();
  const locale = useLocale();
  const room = useRoom();
  const diagram = useMemo(() => layOut(statuses, room), [statuses, room]);
  const shown = arrows
    // What the staff may do by hand is nearly everything: it is drawn for the chosen status alone.
    .filter(({ source, by }) => source === chosen || by.some((who) => who === "CLIENT" || who === "TIMER"))
    .toSorted((one, other) => Number(one.source === chosen) - Number(other.source === chosen));
  const nameOf = (key: string) => {
    const status = statuses.find((each) => each.key === key);
    return status ? named(status.names, locale) : key;
  };
  const list = new Intl.ListFormat(locale, { type: "conjunction" });

  return (
    <figure className="lifecycle-diagram">
      <div className="diagram-scroll">
        <div className="diagram" style={{ width: diagram.width, height: diagram.height }}>
          <svg width={diagram.width} height={diagram.height} aria-hidden="true">
            <defs>
              {["client", "timer", "staff"].map((kind) => (
                <marker
                  key={kind}
                  id={`arrow-${kind}`}
                  className={`arrow-${kind}`}
                  viewBox="0 0 8 8"
                  refX="4"
                  refY="4"
                  markerWidth="7"
                  markerHeight="7"
                  orient="auto-start-reverse"
                >
                  <path d="M0 0L8 4L0 8z" />
                </marker>
              ))}
            </defs>
            {shown.flatMap((arrow) =>
              kindsOf(arrow).map((kind, place) => (
                <path
                  key={`${arrow.source}>${arrow.to} ${kind}`}
                  className={`arrow arrow-${kind}`}
                  data-faint={arrow.source !== chosen || undefined}
                  d={pathOf(diagram, arrow, place)}
                  markerEnd={`url(#arrow-${kind})`}
                />
              )),
            )}
          </svg>
          {statuses.map((status) => {
            const place = diagram.places.get(status.key);
            if (!place) return null;
            const isFaulty = faulty.has(status.key);
            return (
              <button
                key={status.key}
                type="button"
                className="diagram-node"
                aria-pressed={status.key === chosen}
                data-faulty={isFaulty || undefined}
                data-closed={status.meaning === "closed" || undefined}
                style={{ left: place.x, top: place.y, ...diagram.node }}
                onClick={() => onChoose(status.key)}
              >
                <strong>
                  {status.key === initial && <span aria-hidden="true">▸ </span>}
                  {nameOf(status.key)}
                </strong>
                <span className="faint">{isFaulty ? t`Something to mend` : t(meaningNames[status.meaning])}</span>
              </button>
            );
          })}
        </div>
      </div>
      <figcaption>
        <ul className="diagram-key">
          <li data-kind="client">
            <Trans>The client</Trans>
          </li>
          <li data-kind="timer">
            <Trans>A timer</Trans>
          </li>
          <li data-kind="staff">
            <Trans>The staff (for the chosen status)</Trans>
          </li>
        </ul>
        <ul className="visually-hidden">
          {arrows.map(({ source, to, by }) => {
            const [from, into] = [nameOf(source), nameOf(to)];
            const whom = list.format(by.map((who) => t(whoNames[who])));
            return <li key={`${source}>${to}`}>{t`From ${from} to ${into}: ${whom}`}</li>;
          })}
        </ul>
      </figcaption>
    </figure>
  );
}

function kindsOf({ by }: Arrow): ("client" | "timer" | "staff")[] {
  const kinds = [by.includes("TIMER") && ("timer" as const), by.includes("CLIENT") && ("client" as const)];
  const found = kinds.filter((kind) => kind !== false);
  return found.length > 0 ? found : ["staff"];
}

const roomy = [
  ["narrow", "(width < 900px)"],
  ["medium", "(width < 1280px)"],
] as const satisfies [Room, string][];

/** How much room the screen has for the diagram. */
function useRoom(): Room {
  const [queries] = useState(() => roomy.map(([room, query]) => ({ room, query: window.matchMedia(query) })));
  const read = () => queries.find(({ query }) => query.matches)?.room ?? "wide";
  return useSyncExternalStore((changed) => {
    for (const { query } of queries) query.addEventListener("change", changed);
    return () => {
      for (const { query } of queries) query.removeEventListener("change", changed);
    };
  }, read);
}
