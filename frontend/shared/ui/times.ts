const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type TimeStyle = "long" | "narrow";

/** Relative within a day ("12 minutes ago"), the weekday within six ("Tuesday 10:00"), the date beyond. */
export function describeTime(at: Date, now: Date, locale: string, style: TimeStyle = "long"): string {
  const distance = at.getTime() - now.getTime();
  if (Math.abs(distance) < DAY) return relative(distance, locale, style);
  return absoluteTime(at, now, locale);
}

/**
 * "Tuesday 10:00" when the weekday alone is unmistakable, else "24 Nov, 10:00", with the year when it is another.
 * Today is the time alone where a sentence implies the day ("proved 10:14"), and named where it promises one.
 */
export function absoluteTime(at: Date, now: Date, locale: string, today: "implied" | "named" = "implied"): string {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(at);
  const days = calendarDays(now, at);
  if (days === 0 && today === "implied") return time;
  if (Math.abs(days) <= 1) return `${relativeDay(days, locale)} ${time}`;
  if (Math.abs(days) < 7) return `${new Intl.DateTimeFormat(locale, { weekday: "long" }).format(at)} ${time}`;
  const sameYear = at.getFullYear() === now.getFullYear();
  const date = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
  }).format(at);
  return `${date}, ${time}`;
}

/** Everything, zone included: what a hover shows. */
export function exactTime(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long" }).format(at);
}

/** How long, in at most two units: "1 hr 52 min". */
export function describeDuration(milliseconds: number, locale: string): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const unit = (amount: number, name: "day" | "hour" | "minute") =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short" }).format(amount);
  if (days > 0) return hours > 0 ? `${unit(days, "day")} ${unit(hours, "hour")}` : unit(days, "day");
  if (hours > 0)
    return minutes % 60 > 0 ? `${unit(hours, "hour")} ${unit(minutes % 60, "minute")}` : unit(hours, "hour");
  return unit(minutes, "minute");
}

function relative(distance: number, locale: string, style: TimeStyle): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style });
  const size = Math.abs(distance);
  const sign = Math.sign(distance);
  if (size < MINUTE) return format.format(0, "second");
  if (size < HOUR) return format.format(sign * Math.floor(size / MINUTE), "minute");
  return format.format(sign * Math.floor(size / HOUR), "hour");
}

function relativeDay(days: number, locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
}

function calendarDays(from: Date, to: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / DAY);
}
