import { compile, NotCompilable } from '../../../../../runtime/inference/compiled/index.ts';
import { loadNative } from '../../../../../runtime/inference/tiers/native.ts';
import type { PlainTensor, Tensors } from '../../../../../runtime/inference/tiers/tier.ts';
import { type OnnxModel, readOnnx, writeOnnx } from '../../../../../runtime/onnx-format/index.ts';

export interface Comparison {
  /** Undefined: compiled, and every answer was ONNX Runtime's. */
  readonly problem: string | undefined;
  /** Why it was not compiled. */
  readonly refused: string | undefined;
}

const SAME: Comparison = { problem: undefined, refused: undefined };

/** Runs a model compiled and by ONNX Runtime. */
export async function compare(model: OnnxModel, batches: readonly Tensors[]): Promise<Comparison> {
  const bytes = writeOnnx(model);
  let compiled: ReturnType<typeof compile>;
  try {
    compiled = compile(readOnnx(bytes));
  } catch (thrown) {
    if (thrown instanceof NotCompilable) return { ...SAME, refused: thrown.message };
    throw thrown;
  }
  const session = await (await loadNative()).create(bytes);
  try {
    for (const feeds of batches) {
      const [ours, native] = [compiled.run(feeds), await session.run(feeds)];
      for (const [name, expected] of Object.entries(native)) {
        const problem = difference(name, expected, ours[name], native);
        if (problem !== undefined) return { ...SAME, problem };
      }
    }
    return SAME;
  } finally {
    await session.release();
  }
}

const tolerance = (expected: number) => 1e-5 + 1e-5 * Math.abs(expected);

function difference(
  name: string,
  expected: PlainTensor,
  got: PlainTensor | undefined,
  all: Tensors,
): string | undefined {
  if (!got) return `${name} is missing`;
  if (got.type !== expected.type) return `${name} is ${got.type}, not ${expected.type}`;
  if (got.dims.join() !== expected.dims.join()) return `${name} is [${got.dims.join()}], not [${expected.dims.join()}]`;
  for (let at = 0; at < expected.data.length; at++) {
    const [theirs, own] = [expected.data[at], got.data[at]];
    if (typeof theirs === 'number' && typeof own === 'number') {
      const close = Object.is(theirs, own) || theirs === own || Math.abs(theirs - own) <= tolerance(theirs);
      if (!close) return `${name}[${at}] is ${own}, not ${theirs}`;
    } else if (theirs !== own && !tied(expected, at, all))
      return `${name}[${at}] is ${String(own)}, not ${String(theirs)}`;
  }
  return undefined;
}

/** The two highest scores of the row are within the tolerance, or the score is at its limit. */
function tied(labels: PlainTensor, row: number, all: Tensors): boolean {
  const scores = Object.values(all).find(({ dims, type }) => dims.length === 2 && type === 'float32');
  const [rows = 0, width = 0] = scores?.dims ?? [];
  if (!scores || rows !== labels.data.length) return false;
  const own = Array.from(scores.data as Float32Array)
    .slice(row * width, (row + 1) * width)
    .sort((a, b) => b - a);
  const [first = NaN, second = NaN] = own;
  const limits = [second, 0, 0.5];
  return Number.isNaN(first) || limits.some((limit) => Math.abs(first - limit) <= 2 * tolerance(first));
}
