import { isTyped, isValues, type Values } from './look.ts';

/** Nested arrays as one row-major list. */
export interface Flat {
  readonly data: Values;
  /** Length at each depth, outermost first. */
  readonly sizes: readonly number[];
}

/** @returns nothing where the arrays at one depth differ in length */
export function flatten(values: Values): Flat | undefined {
  const sizes: number[] = [];
  let inner: unknown = values;
  while (isValues(inner)) {
    sizes.push(inner.length);
    inner = isTyped(inner) ? undefined : inner[0];
  }
  if (sizes.length === 1) return { data: values, sizes };
  const data: unknown[] = [];
  return gather(values, sizes, 0, data) ? { data, sizes } : undefined;
}

function gather(values: unknown, sizes: readonly number[], depth: number, into: unknown[]): boolean {
  if (depth === sizes.length) {
    into.push(values);
    return !isValues(values);
  }
  if (!isValues(values) || values.length !== sizes[depth]) return false;
  for (let i = 0; i < values.length; i++) if (!gather(values[i], sizes, depth + 1, into)) return false;
  return true;
}
