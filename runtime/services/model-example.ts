import type { Manifest, Tensor } from '../models/package/index.ts';

/**
 * An input that `infer` takes, from the first of the package's own vectors: features by name where they have names, a text,
 * or plain numbers; of several inputs each by its name.
 *
 * @returns undefined where the package has no vector, and for pictures, which nobody writes as numbers
 */
export function exampleOf({ inputs, vectors }: Pick<Manifest, 'inputs' | 'vectors'>): unknown {
  const [vector] = vectors;
  if (!vector || inputs.some(({ kind, image }) => kind === 'image' || image)) return undefined;
  const values = inputs.map(({ name, features }) => {
    const tensor = vector.inputs[name];
    return [name, tensor && rowOf(tensor, features)] as const;
  });
  if (values.length === 1) return values[0]?.[1];
  return Object.fromEntries(values);
}

function rowOf({ shape, data }: Tensor, features: readonly string[] | undefined): unknown {
  const length = shape.slice(1).reduce((product, size) => product * size, 1);
  const row = data.slice(0, length) as (number | string)[];
  if (features && features.length === row.length) {
    return Object.fromEntries(features.map((name, index) => [name, row[index]]));
  }
  return row.length === 1 ? row[0] : nested(row, shape.slice(1));
}

/** Row-major values as lists of lists. */
function nested(values: readonly unknown[], shape: readonly number[]): unknown {
  const [, ...inner] = shape;
  if (inner.length === 0) return values;
  const step = inner.reduce((product, size) => product * size, 1);
  const rows: unknown[] = [];
  for (let at = 0; at < values.length; at += step) rows.push(nested(values.slice(at, at + step), inner));
  return rows;
}
