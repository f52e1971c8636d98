/** An object that names values, in the same order each time. */
export type NamedNumbers = (values: ArrayLike<unknown>) => Record<string, number>;

/**
 * Names values, fast: a copy of an object that has all the names already keeps its layout, while adding names one by one
 * would build it anew each time.
 *
 * 64-bit integers become numbers; true and false 1 and 0; what is no finite number is left out.
 *
 * @example
 * namedNumbers(['a', 'b'])([1, 2]); // { a: 1, b: 2 }
 */
export function namedNumbers(names: readonly string[]): NamedNumbers {
  // A fraction, so that every field is laid out for fractions.
  const template: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0.5]));
  const count = names.length;
  return (values) => {
    const named = { ...template };
    for (let i = 0; i < count; i++) {
      const value = values[i];
      const number = typeof value === 'number' ? value : plain(value);
      if (number - number === 0) named[names[i] as string] = number;
      else delete named[names[i] as string];
    }
    return named;
  };
}

const plain = (value: unknown) => (typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : NaN);
