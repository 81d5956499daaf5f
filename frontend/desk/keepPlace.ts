/**
 * Where to scroll to so that the reader's row stays where it is on the screen although rows came or went above it.
 * `anchor` is the row that the reader is at (under the pointer, or with the focus); without one it is the first row in
 * sight. When the anchor itself is gone, the nearest row after it that is still there takes its part.
 */
export function keepPlace(
  before: readonly string[],
  after: readonly string[],
  scrollTop: number,
  rowHeight: number,
  anchor?: string,
): number {
  const firstInSight = Math.floor(scrollTop / rowHeight);
  const at = anchor === undefined ? -1 : before.indexOf(anchor);
  const from = at < 0 ? firstInSight : at;
  const places = new Map(after.map((id, index) => [id, index]));
  for (let index = from; index < before.length; index += 1) {
    const id = before[index];
    const now = id === undefined ? undefined : places.get(id);
    if (now !== undefined) return Math.max(0, scrollTop + (now - index) * rowHeight);
  }
  return scrollTop;
}
