import type { TruthLabel } from '../../../messages/index.ts';
import { readIndexRows } from '../index-rows.ts';
import { valuesOfRows } from '../load.ts';
import { chunkValues, type SetFiles } from '../set-files.ts';
import { type Shape, widthOf } from '../shape.ts';

/** Examples that are held at once, and numbers in them: a few milliseconds of work each. */
const ROWS = 100;
const NUMBERS = 2_000;

export interface Slice {
  readonly ids: Int32Array;
  readonly labels: readonly (TruthLabel | null)[];
  readonly times: Float64Array;
  readonly sources: readonly string[];
  readonly groups: readonly string[];
  /** Row-major. */
  readonly values: Float32Array;
  readonly rows: number;
}

/** Every example, a few at a time, with time for others in between. */
export async function slicesOf(files: SetFiles, shape: Shape) {
  const all = await readIndexRows(files, shape);
  const step = Math.max(1, Math.min(ROWS, Math.floor(NUMBERS / widthOf(shape))));
  let last: { readonly chunk: number; readonly values: Promise<Float32Array> } | undefined;
  const read = (chunk: number) => {
    if (last?.chunk !== chunk) last = { chunk, values: chunkValues(files, shape, chunk) };
    return last.values;
  };
  async function* slices(): AsyncGenerator<Slice> {
    for (let from = 0; from < all.ids.length; from += step) {
      const to = Math.min(all.ids.length, from + step);
      const part = {
        ids: all.ids.slice(from, to),
        chunks: all.chunks.slice(from, to),
        places: all.places.slice(from, to),
      };
      yield {
        ids: part.ids,
        labels: all.labels.slice(from, to),
        times: all.times.slice(from, to),
        sources: all.sources.slice(from, to),
        groups: all.groups.slice(from, to),
        values: await valuesOfRows(files, shape, part, read),
        rows: to - from,
      };
    }
  }
  return { rows: all, slices };
}
