const STEPS = [
  [1024 ** 3, "gigabyte"],
  [1024 ** 2, "megabyte"],
  [1024, "kilobyte"],
  [1, "byte"],
] as const;

/** A size as people say it: 25 MB, 1.5 GB. */
export function sizeInWords(bytes: number, locale: string): string {
  const [step, unit] = STEPS.find(([least]) => bytes >= least) ?? STEPS[3];
  const digits = bytes / step < 10 && step > 1024 ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: step === 1 ? "long" : "short",
    maximumFractionDigits: digits,
  }).format(bytes / step);
}
