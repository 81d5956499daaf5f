import { Trans } from "@lingui/react/macro";

interface Props {
  /** Widths in percent, a line each: draw the shape of what is coming. */
  lines?: number[];
  lineHeight?: number;
}

/** Shows itself after 150 ms only, so that a fast answer never flashes. */
export function Skeleton({ lines = [40, 90, 70], lineHeight = 16 }: Props) {
  return (
    <div role="status" className="grid gap-3">
      <span className="visually-hidden">
        <Trans>Loading</Trans>
      </span>
      {lines.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are a drawing, they have no identity.
        <div key={index} className="skeleton" style={{ width: `${width}%`, height: lineHeight }} />
      ))}
    </div>
  );
}
