/**
 * The place of a value beyond the ends of a list that is mirrored there, the outermost twice: … b a | a b c | c b …
 *
 * @param place  integer, in the list or not
 * @param length of the list, at least 1
 *
 * @example
 * [-2, -1, 0, 2, 3, 4].map((place) => mirrored(place, 3)); // [1, 0, 0, 2, 2, 1]
 */
export function mirrored(place: number, length: number): number {
  let at = place;
  while (at < 0 || at >= length) at = at < 0 ? -1 - at : 2 * length - 1 - at;
  return at;
}
