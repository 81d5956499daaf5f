import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useMutation, useQuery } from "urql";
import { type Outcome, toFailure, toOutcome } from "../../../shared/gql/problem.ts";
import { useActions } from "../../../shared/keyboard/actions.ts";
import { Banner } from "../../../shared/ui/Banner.tsx";
import { useWordsOf } from "../../../shared/ui/changeWords.ts";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { showToast } from "../../toasts.ts";
import { Page } from "./Page.tsx";
import {
  HandBackAllDocument,
  HandBackOneDocument,
  TakeOverAllDocument,
  TakeOverOneDocument,
  UnfinishedWorkDocument,
  type WorkPartsFragment,
} from "./routing.gen.ts";
import { WorkOf } from "./WorkOf.tsx";

/** Where the keyboard is: a ticket, and whose group it stands in. */
interface Cursor {
  number: number;
  memberId: string;
  isBack: boolean;
}

interface Props {
  /** Changes whenever something happened to a ticket or to who is away: the page then looks again. */
  changed: unknown;
}

/** Unfinished work of people who are away, and what can go back to those who have returned (FIELD.md A3). */
export function AwayPage({ changed }: Props) {
  const { t } = useLingui();
  const [{ data, error }, ask] = useQuery({ query: UnfinishedWorkDocument, requestPolicy: "cache-and-network" });
  const { problem, takeOver, takeOverAll, handBack, handBackAll } = useHands(() =>
    ask({ requestPolicy: "network-only" }),
  );
  const [cursor, setCursor] = useState<Cursor>();
  const list = useRef<HTMLDivElement>(null);

  const seen = useRef(changed);
  useEffect(() => {
    if (seen.current === changed) return;
    seen.current = changed;
    ask({ requestPolicy: "network-only" });
  }, [changed, ask]);

  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-work]") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  };
  const one = cursor && (cursor.isBack ? () => handBack(cursor.number) : () => takeOver(cursor.number));
  const all = cursor && (cursor.isBack ? () => handBackAll(cursor.memberId) : () => takeOverAll(cursor.memberId));
  const group = t`Unfinished work`;
  useActions([
    { id: "away.next", name: t`Next ticket`, group, keys: "j", isHidden: true, perform: () => step(1) },
    { id: "away.previous", name: t`Previous ticket`, group, keys: "k", isHidden: true, perform: () => step(-1) },
    {
      id: "away.one",
      name: cursor?.isBack ? t`Hand back this ticket` : t`Take over this ticket`,
      group,
      keys: cursor?.isBack ? "shift+b" : "shift+t",
      isEnabled: one !== undefined,
      perform: () => void one?.(),
    },
    {
      id: "away.all",
      name: cursor?.isBack ? t`Hand back all of them` : t`Take over all of this colleague`,
      group,
      keys: "shift+e",
      isEnabled: all !== undefined,
      perform: () => void all?.(),
    },
  ]);

  const work = data?.unfinishedWork;
  const away = (work?.away ?? []) as WorkPartsFragment[];
  const back = (work?.back ?? []) as WorkPartsFragment[];
  // Where the ticket at the keyboard was taken, there is none any more.
  useEffect(() => {
    const isThere = [...away, ...back].some(({ tickets }) => tickets.some(({ number }) => number === cursor?.number));
    if (cursor && !isThere) setCursor(undefined);
  }, [away, back, cursor]);

  return (
    <Page
      title={t`Unfinished work of people who are away`}
      lead={
        <Trans>
          What a colleague could not finish, so that somebody else takes it up. It goes back with one click when they
          return.
        </Trans>
      }
    >
      {problem && (
        <Banner tone="urgent" isAlert>
          {problem}
        </Banner>
      )}
      {error && !data ? (
        <ErrorState failure={toFailure(error)} onRetry={() => ask()} />
      ) : !data ? (
        <Skeleton lines={[40, 90, 90, 90]} />
      ) : (
        <div ref={list} className="grid gap-4">
          {away.length === 0 && back.length === 0 && (
            <EmptyState title={t`Nothing lies undone`}>
              <p>
                <Trans>Nobody who is away has an unfinished ticket.</Trans>
              </p>
            </EmptyState>
          )}
          {away.map((each) => (
            <WorkOf
              key={each.member.id}
              work={each}
              all={{
                verb: <Plural value={each.count} one="Take over their ticket" other="Take over all # tickets" />,
                perform: () => takeOverAll(each.member.id),
              }}
              one={{ verb: t`Take over`, keys: "shift+t", perform: takeOver }}
              onCursor={(number) => setCursor({ number, memberId: each.member.id, isBack: false })}
            />
          ))}
          {back.map((each) => (
            <WorkOf
              key={`back ${each.member.id}`}
              work={each}
              isBack
              all={{
                verb: <Plural value={each.count} one="Hand back the ticket" other="Hand back all # tickets" />,
                perform: () => handBackAll(each.member.id),
              }}
              one={{ verb: t`Hand back`, keys: "shift+b", perform: handBack }}
              onCursor={(number) => setCursor({ number, memberId: each.member.id, isBack: true })}
            />
          ))}
        </div>
      )}
    </Page>
  );
}

/** The four ways in which tickets change hands here. */
function useHands(onChange: () => void) {
  const { t } = useLingui();
  const [, takeOne] = useMutation(TakeOverOneDocument);
  const [, takeAll] = useMutation(TakeOverAllDocument);
  const [, giveOne] = useMutation(HandBackOneDocument);
  const [, giveAll] = useMutation(HandBackAllDocument);
  const [problem, setProblem] = useState<string>();
  const wordsOf = useWordsOf();
  const told = (outcome: Outcome<{ __typename: string }>, done: string) => {
    setProblem(wordsOf(outcome));
    if (outcome.kind === "done") showToast(done);
    onChange();
  };
  return {
    problem,
    takeOver: async (number: number) =>
      told(
        toOutcome(await takeOne({ number }), (data) => data.takeOver),
        t`#${number} is yours until they are back`,
      ),
    handBack: async (number: number) =>
      told(
        toOutcome(await giveOne({ number }), (data) => data.handBack),
        t`#${number} went back`,
      ),
    takeOverAll: async (memberId: string) =>
      told(
        toOutcome(await takeAll({ memberId }), (data) => data.takeOverAll),
        t`They are yours until your colleague is back`,
      ),
    handBackAll: async (memberId: string) =>
      told(
        toOutcome(await giveAll({ memberId }), (data) => data.handBackAll),
        t`They went back`,
      ),
  };
}
