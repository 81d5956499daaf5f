import { Fragment } from "react";
import { keycaps } from "./keys.ts";

/** The keycaps of an action: "mod+k" is two held together, "g d" two in a row. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keycaps(keys).map((stroke, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the strokes of one binding never change places.
        <Fragment key={index}>
          {index > 0 && " "}
          <kbd>{stroke.join(" ")}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
