import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { ContrastDocument, type ContrastQuery } from "./admin.gen.ts";

export type Contrast = ContrastQuery["contrast"];

/** While a colour is being dragged, the server is asked when it rests. */
const PAUSE = 200;

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** How readable the colour is as text on white, by the server's own measure; undefined until it is known. */
export function useContrast(color: string): Contrast | undefined {
  const [asked, setAsked] = useState(color);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(color), PAUSE);
    return () => clearTimeout(timer);
  }, [color]);
  const [{ data }] = useQuery({
    query: ContrastDocument,
    variables: { color: asked },
    pause: !isColor(asked),
    requestPolicy: "cache-first",
  });
  return asked === color && isColor(asked) ? data?.contrast : undefined;
}
