import { useEffect, useRef, useState } from "react";
import type { Shown } from "./uncached.ts";

/** Counts down what is shown; then, and when the page is left, it is hidden. Gives the seconds that are left. */
export function useHiding(shown: Shown, onHide: () => void): number {
  const [left, setLeft] = useState(shown.hideAfter);
  const hide = useRef(onHide);
  hide.current = onHide;
  useEffect(() => {
    const ends = Date.now() + shown.hideAfter * 1000;
    const timer = setInterval(() => {
      const seconds = Math.ceil((ends - Date.now()) / 1000);
      if (seconds <= 0) hide.current();
      else setLeft(seconds);
    }, 250);
    const leave = () => hide.current();
    addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", leave);
    };
  }, [shown]);
  return left;
}
