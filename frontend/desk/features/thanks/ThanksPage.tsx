import "../../css/admin.css";
import "../../css/thanks.css";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { toFailure } from "../../../shared/gql/problem.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { EmptyState } from "../../../shared/ui/EmptyState.tsx";
import { ErrorState } from "../../../shared/ui/ErrorState.tsx";
import { Skeleton } from "../../../shared/ui/Skeleton.tsx";
import { useDesk } from "../../desk.ts";
import { PaneBack } from "../../PaneBack.tsx";
import { useTitle } from "../../title.ts";
import { MinutesField } from "./MinutesField.tsx";
import { ThankYouRow } from "./ThankYouRow.tsx";
import { ThanksReviewDocument, type ThanksReviewPartsFragment } from "./thanks.gen.ts";

const LONGEST_AGO = 366;

/** The daily review of what was taken as thanks (FIELD.md A10): read the texts, and take back what was a reply. */
export function ThanksPage({ changed }: { changed: number }) {
  const { t } = useLingui();
  const { viewer } = useDesk();
  const [daysAgo, setDaysAgo] = useState(0);
  const [{ data, error }, ask] = useQuery({ query: ThanksReviewDocument, variables: { daysAgo } });
  const seen = useRef(changed);
  useEffect(() => {
    if (seen.current === changed) return;
    seen.current = changed;
    ask({ requestPolicy: "network-only" });
  }, [changed, ask]);
  useTitle(t`Thanks`);
  const review = data?.thanksReview;
  const look = () => ask({ requestPolicy: "network-only" });

  return (
    <div className="admin">
      <div className="admin-body">
        <section className="admin-page thanks" aria-labelledby="thanks-title">
          <header>
            <PaneBack to="views" />
            <h1 id="thanks-title" tabIndex={-1}>
              {daysAgo === 0 ? <Trans>Thanks today</Trans> : <Trans>Thanks</Trans>}
            </h1>
          </header>
          <p className="lead">
            <Trans>
              Messages that only thank are kept on their tickets and disturb nobody. If one of them was a reply, say so:
              its ticket takes the place that it would have had.
            </Trans>
          </p>
          {!review ? (
            error ? (
              <ErrorState failure={toFailure(error)} onRetry={look} />
            ) : (
              <Skeleton lines={[40, 90, 90]} />
            )
          ) : (
            <>
              <SavedLine review={review} />
              {viewer.abilities.administer && <MinutesField key={review.minutesEach} minutes={review.minutesEach} />}
              <div className="thanks-days">
                <Button look="quiet" isDisabled={daysAgo >= LONGEST_AGO} onClick={() => setDaysAgo(daysAgo + 1)}>
                  <Trans>Day before</Trans>
                </Button>
                <DayName day={review.day} />
                <Button look="quiet" isDisabled={daysAgo === 0} onClick={() => setDaysAgo(daysAgo - 1)}>
                  <Trans>Day after</Trans>
                </Button>
              </div>
              {review.thanks.length === 0 ? (
                <EmptyState title={t`Nobody only thanked on this day`} />
              ) : (
                <ul className="thanks-list">
                  {review.thanks.map((each) => (
                    <ThankYouRow key={each.id} thanks={each} onTaken={look} />
                  ))}
                </ul>
              )}
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function DayName({ day }: { day: string }) {
  const { i18n } = useLingui();
  return (
    <time dateTime={day}>
      {new Intl.DateTimeFormat(i18n.locale, { weekday: "long", day: "numeric", month: "long" }).format(new Date(day))}
    </time>
  );
}

function SavedLine({ review }: { review: ThanksReviewPartsFragment }) {
  const { thisMonth, inTotal, minutesEach } = review;
  return (
    <dl className="thanks-saved">
      <div>
        <dt>
          <Trans>This month</Trans>
        </dt>
        <dd>
          <Hours minutes={thisMonth.minutes} />
        </dd>
        <dd className="faint">
          <Plural value={thisMonth.reopenings} one="# reopening avoided" other="# reopenings avoided" />
        </dd>
      </div>
      <div>
        <dt>
          <Trans>In total</Trans>
        </dt>
        <dd>
          <Hours minutes={inTotal.minutes} />
        </dd>
        <dd className="faint">
          <Plural value={inTotal.reopenings} one="# reopening avoided" other="# reopenings avoided" />,{" "}
          <Plural value={minutesEach} one="# minute each now" other="# minutes each now" />
        </dd>
      </div>
    </dl>
  );
}

function Hours({ minutes }: { minutes: number }) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return (
    <strong className="num">
      <Trans>
        {hours} h {rest} min saved
      </Trans>
    </strong>
  );
}
