import type { ModelPackage } from '../models/package/index.ts';
import { asMillraceError } from '../base/index.ts';
import { readOnnx } from '../onnx-format/index.ts';
import { checkVectors } from './check-vectors.ts';
import { compile, type CompiledModel, NotCompilable } from './compiled/index.ts';
import { sampleFeeds } from './sample-feeds.ts';

/** Bytes: reading a larger file here would hold up the process, and its arithmetic outweighs a call of the native library. */
export const LARGEST = 4 * 1024 * 1024;
/** Steps of arithmetic a row: more would hold up the process with every row. */
export const DEAREST = 4_000_000;

/** A model as JavaScript, or why not, in words. */
export type Compilation =
  { readonly compiled: CompiledModel; readonly microseconds: number } | { readonly reason: string };

/**
 * Compiles a model, holds its answers against the package's vectors, and measures it.
 *
 * @throws what onnx-format says of a file that it refuses
 */
export async function compileModel({ manifest, onnx }: ModelPackage): Promise<Compilation> {
  if (onnx.length > LARGEST) return { reason: 'it is too large to be compiled' };
  try {
    const compiled = compile(readOnnx(onnx));
    if (compiled.cost > DEAREST) return { reason: 'its arithmetic is too much for JavaScript' };
    await checkVectors(manifest, 'compiled', (feeds) => Promise.resolve(compiled.run(feeds)));
    return { compiled, microseconds: timeOf(compiled, manifest) };
  } catch (thrown) {
    if (thrown instanceof NotCompilable) return { reason: thrown.message };
    const error = asMillraceError(thrown);
    if (error.code === 'VECTORS_DISAGREE') return { reason: `compiled, it disagrees with its test vectors` };
    throw thrown;
  }
}

/** ms at its own pace: as long as it is measured, once it has run often enough for its loops to be machine code. */
const TIMED = 3;
/** Rounds before that, of twice as many runs each; a model for which they take so many ms is slow however it is measured. */
const WARM = 8;
const SLOW = 20;

/** µs for one row. In virtual time nothing takes any, and compiled models are always quick enough. */
function timeOf(compiled: CompiledModel, manifest: ModelPackage['manifest']): number {
  const feeds = sampleFeeds(manifest);
  const rows = Object.values(feeds)[0]?.dims[0] ?? 1;
  let quickest = Infinity;
  // The quickest round is the least disturbed. A first run alone, which is interpreted, would tell nothing.
  for (let round = 0, runs = 1, done = 0; round < 12; round++) {
    const from = performance.now();
    for (let i = 0; i < runs; i++) compiled.run(feeds);
    const took = (performance.now() - from) / runs;
    quickest = Math.min(quickest, took);
    done += runs;
    // What a busy machine added to a round is not the model's.
    if (round > 0 && quickest * done > (round < WARM ? SLOW : TIMED)) break;
    runs = Math.min(256, runs * 2);
  }
  return (quickest * 1000) / Math.max(rows, 1);
}
