import { useEffect, useRef, useState } from "react";

const FRESH_FOR = 2_500;
const NONE: ReadonlySet<string> = new Set();

/** Rows that have just come in live, for a moment, so that the eye finds them; what a first fetch brings is not new. */
export function useFreshIds(rows: readonly { id: string }[]): ReadonlySet<string> {
  const known = useRef<ReadonlySet<string>>(NONE);
  const [fresh, setFresh] = useState(NONE);

  useEffect(() => {
    const before = known.current;
    known.current = new Set(rows.map((row) => row.id));
    const added = rows.filter((row) => !before.has(row.id)).map((row) => row.id);
    // Whole pages are fetched, single rows are news.
    if (before.size === 0 || added.length === 0 || added.length > 5) return;
    setFresh((already) => new Set([...already, ...added]));
    setTimeout(() => {
      setFresh((already) => new Set([...already].filter((id) => !added.includes(id))));
    }, FRESH_FOR);
  }, [rows]);

  return fresh;
}
