/**
 * Sorts the first `count` places of a list in place, by the values that they point at, without making anything: heapsort. Of equal
 * values the lower place comes first.
 *
 * @param places into `values`, all different
 * @see Williams (1964)
 */
export function sortBy(places: Int32Array, count: number, values: ArrayLike<number>): void {
  for (let root = (count >> 1) - 1; root >= 0; root--) sink(places, root, count, values);
  for (let end = count - 1; end > 0; end--) {
    swap(places, 0, end);
    sink(places, 0, end, values);
  }
}

function sink(places: Int32Array, from: number, end: number, values: ArrayLike<number>): void {
  for (let root = from; ;) {
    let child = 2 * root + 1;
    if (child >= end) return;
    if (child + 1 < end && isBelow(places[child] as number, places[child + 1] as number, values)) child++;
    if (!isBelow(places[root] as number, places[child] as number, values)) return;
    swap(places, root, child);
    root = child;
  }
}

function isBelow(a: number, b: number, values: ArrayLike<number>): boolean {
  const one = values[a] as number;
  const other = values[b] as number;
  return one < other || (one === other && a < b);
}

function swap(places: Int32Array, a: number, b: number): void {
  const kept = places[a] as number;
  places[a] = places[b] as number;
  places[b] = kept;
}
