import { Trans as LinguiTrans, type TransProps } from "@lingui/react";
import { createElement, Fragment } from "react";

/**
 * What the `Trans` macro becomes. Lingui reads the tags of a message after it has put the values in, so a person called
 * "<0>Eve</0>" would borrow an element of the sentence; a value that is an element itself is never read.
 */
export function Trans({ values, ...props }: TransProps) {
  const safe =
    values &&
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "string" ? createElement(Fragment, null, value) : value,
      ]),
    );
  return <LinguiTrans {...props} values={safe} />;
}
