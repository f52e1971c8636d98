import type { PlainTensor, Tensors, TensorValues } from '../tiers/tier.ts';

/** The rows of several questions as one: the first dimension of every tensor grows. */
export function joinRows(all: readonly Tensors[]): Tensors {
  const [first] = all;
  if (!first || all.length === 1) return first ?? {};
  return Object.fromEntries(
    Object.keys(first).map((name) => [name, joined(all.map((feeds) => feeds[name] as PlainTensor))]),
  );
}

/**
 * The answers to several questions that were asked as one.
 *
 * @param counts rows of each
 * @returns nothing where an output has not a row for each that was asked
 */
export function splitRows(answers: Tensors, counts: readonly number[]): Tensors[] | undefined {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  if (Object.values(answers).some(({ dims }) => dims[0] !== rows)) return undefined;
  let from = 0;
  return counts.map((count) => {
    const part = Object.fromEntries(
      Object.entries(answers).map(([name, tensor]) => [name, slice(tensor, rows, from, count)]),
    );
    from += count;
    return part;
  });
}

function joined(parts: readonly PlainTensor[]): PlainTensor {
  const [first] = parts as [PlainTensor];
  const rows = parts.reduce((sum, { dims }) => sum + (dims[0] ?? 0), 0);
  const dims = [rows, ...first.dims.slice(1)];
  if (!ArrayBuffer.isView(first.data)) {
    return { type: first.type, dims, data: parts.flatMap(({ data }) => data as readonly string[]) };
  }
  const length = parts.reduce((sum, { data }) => sum + data.length, 0);
  const data = new (first.data.constructor as new (length: number) => Float32Array)(length);
  let at = 0;
  for (const part of parts) {
    data.set(part.data as Float32Array, at);
    at += part.data.length;
  }
  return { type: first.type, dims, data };
}

function slice({ type, dims, data }: PlainTensor, rows: number, from: number, count: number): PlainTensor {
  const width = data.length / rows;
  // Copied: who gets a part must not hold the whole.
  const part = data.slice(from * width, (from + count) * width) as TensorValues;
  return { type, dims: [count, ...dims.slice(1)], data: part };
}
