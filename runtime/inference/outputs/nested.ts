/** Part of a row-major list as nested arrays of a shape. */
export function nested(values: ArrayLike<unknown>, from: number, dims: readonly number[]): unknown {
  const [size, ...rest] = dims;
  if (size === undefined) return values[from];
  const step = rest.reduce((product, each) => product * each, 1);
  return Array.from({ length: size }, (_, i) => nested(values, from + i * step, rest));
}
