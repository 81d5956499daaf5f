import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same for ever and does what the latest one does: for handlers of memoised rows. */
export function useLatest<Args extends unknown[], Result>(
  callback: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(callback);
  useLayoutEffect(() => {
    latest.current = callback;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
