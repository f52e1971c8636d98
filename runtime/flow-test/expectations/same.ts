/**
 * Whether two plain values say the same: an object whatever sandbox made it, a typed array as the list of its numbers.
 */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [listA, listB] = [listOf(a), listOf(b)];
  if (listA || listB) {
    return (
      listA !== undefined && listA.length === listB?.length && listA.every((item, index) => same(item, listB[index]))
    );
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function listOf(value: object): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as unknown[];
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<number>)
    : undefined;
}
