import { useLocale } from "../i18n/locale.ts";
import { useNow } from "./now.ts";
import { absoluteTime, describeDuration, describeTime, exactTime, type TimeStyle } from "./times.ts";

interface Props {
  /** ISO 8601 with zone. */
  at: string;
  /** `relative` within a day and absolute after (the rule); `absolute` where a date is promised: "closes Tuesday 10:00". */
  mode?: "relative" | "absolute";
  style?: TimeStyle;
}

/** A moment in the reader's zone and locale; hover tells it exactly. */
export function Time({ at, mode = "relative", style = "long" }: Props) {
  const locale = useLocale();
  const now = useNow();
  const date = new Date(at);
  const words = mode === "absolute" ? absoluteTime(date, now, locale, "named") : describeTime(date, now, locale, style);
  return (
    <time dateTime={at} title={exactTime(date, locale)} className="num">
      {words}
    </time>
  );
}

/** How long since: "1 hr 52 min". */
export function Elapsed({ since }: { since: string }) {
  const locale = useLocale();
  const now = useNow();
  const date = new Date(since);
  return (
    <time dateTime={since} title={exactTime(date, locale)} className="num">
      {describeDuration(now.getTime() - date.getTime(), locale)}
    </time>
  );
}
