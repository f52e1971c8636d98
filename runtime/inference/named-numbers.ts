/** An object that names values, in the same order each time. */
export type NamedNumbers = (values: ArrayLike<unknown>) => Record<string, number>;

/**
 * Takes the values of an object in the order of the names.
 *
 * @returns false where one of them is no number, and nothing is said of what is in `into` then
 */
export type NumbersByName = (from: Readonly<Record<string, unknown>>, into: Float64Array) => boolean;

/** What is longer is no small model, and V8 keeps larger objects as tables anyway. */
const MOST_GENERATED = 64;

/**
 * Names values: 64-bit integers become numbers; true and false 1 and 0; what is no finite number is left out.
 *
 * It is written out as code for these names: an object literal takes a tenth of the time that adding names one by one does.
 *
 * @example
 * namedNumbers(['a', 'b'])([1, 2]); // { a: 1, b: 2 }
 */
export function namedNumbers(names: readonly string[]): NamedNumbers {
  const count = names.length;
  const fields = names.map((name, i) => `[${JSON.stringify(name)}]: values[${i}]`);
  const literal = generated<NamedNumbers>(names, ['values'], `return { ${fields.join(', ')} };`) ?? nameOneByOne(names);
  const slow = nameOneByOne(names);
  return (values) => {
    for (let i = 0; i < count; i++) {
      const value = values[i];
      // Of infinities and what is no number the difference is not 0 either.
      if (typeof value !== 'number' || value - value !== 0) return slow(values);
    }
    return literal(values);
  };
}

/**
 * Reads by name, written out as code for these names for the same reason.
 *
 * @example
 * const into = new Float64Array(2);
 * numbersByName(['a', 'b'])({ b: 2, a: 1 }, into); // true
 * Array.from(into); // [1, 2]
 */
export function numbersByName(names: readonly string[]): NumbersByName {
  const reads = names.map(
    (name, i) =>
      `value = from[${JSON.stringify(name)}]; if (typeof value !== 'number') return false; into[${i}] = value;`,
  );
  const body = `let value; ${reads.join(' ')} return true;`;
  return generated<NumbersByName>(names, ['from', 'into'], body) ?? readOneByOne(names);
}

/** @returns nothing where there are too many names, or the process was started without leave to make code */
function generated<F>(names: readonly string[], parameters: readonly string[], body: string): F | undefined {
  if (names.length > MOST_GENERATED) return undefined;
  try {
    // Names are written as JSON, which is nothing but a text in JavaScript.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    return new Function(...parameters, `'use strict'; ${body}`) as F;
  } catch {
    return undefined;
  }
}

function nameOneByOne(names: readonly string[]): NamedNumbers {
  return (values) => {
    const named = names.map((name, i) => [name, numberOf(values[i])] as const);
    return Object.fromEntries(named.filter(([, value]) => Number.isFinite(value)));
  };
}

function readOneByOne(names: readonly string[]): NumbersByName {
  return (from, into) => {
    for (let i = 0; i < names.length; i++) {
      const value = from[names[i] ?? ''];
      if (typeof value !== 'number') return false;
      into[i] = value;
    }
    return true;
  };
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : NaN;
}
