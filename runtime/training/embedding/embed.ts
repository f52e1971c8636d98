import type { LoadedExamples } from '../../datasets/index.ts';
import type { Inference } from '../../inference/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import type { Embedded } from '../prepare/prepare.ts';
import { naturalInputs } from './natural-inputs.ts';
import { openPinned } from './open-pinned.ts';

/** Rows that are asked at once. */
const BATCH = 256;

/**
 * What an embedding answers to every example: the features of what is trained behind it. A row that it cannot take gives NaN, and
 * is left out and counted as such rows are.
 *
 * @throws EMBEDDING_UNFIT if it does not answer one vector a row; what inference says, if it can take none of the examples
 */
export async function embed(
  inference: Inference,
  pkg: ModelPackage,
  examples: LoadedExamples,
  step: (done: number) => void,
): Promise<Embedded> {
  const output = embeddingOutput(pkg);
  const predictor = await openPinned(inference, pkg, { raw: true });
  const inputOf = naturalInputs(pkg, examples);
  let values: Float32Array | undefined;
  let width = 0;
  const take = async (rows: readonly number[]) => {
    const { payload } = await predictor.predict(rows.length === 1 ? inputOf(rows[0] as number) : rows.map(inputOf));
    const { data } = (payload as unknown as { outputs: Record<string, { data: ArrayLike<number> }> }).outputs[
      output
    ] ?? {
      data: [],
    };
    const each = data.length / rows.length;
    if (!values) {
      if (!Number.isInteger(each) || each < 1)
        throw unfit(pkg, `it answers ${data.length} numbers to ${rows.length} rows`);
      width = each;
      values = new Float32Array(examples.rows * width).fill(NaN);
    }
    if (each !== width) throw unfit(pkg, `it answers ${each} numbers to one row and ${width} to another`);
    rows.forEach((row, at) => {
      for (let n = 0; n < width; n++) (values as Float32Array)[row * width + n] = data[at * width + n] as number;
    });
  };
  let refused: unknown;
  try {
    for (let from = 0; from < examples.rows; from += BATCH) {
      const rows = Array.from({ length: Math.min(BATCH, examples.rows - from) }, (_, at) => from + at);
      // One wrong row must not take its neighbours along.
      await take(rows).catch(async () => {
        for (const row of rows) await take([row]).catch((thrown: unknown) => (refused = thrown));
      });
      step((from + rows.length) / examples.rows);
    }
  } finally {
    await predictor.close();
  }
  if (!values) throw refused;
  return { columns: Array.from({ length: width }, (_, at) => `embedding_${at}`), values };
}

/** The one output of numbers that a model has. @throws EMBEDDING_UNFIT */
export function embeddingOutput(pkg: ModelPackage): string {
  const floats = pkg.manifest.outputs.filter(({ type }) => type === 'float32');
  const [only] = floats;
  if (only && floats.length === 1) return only.name;
  const names = pkg.manifest.outputs.map(({ name, type }) => `${name} (${type})`).join(', ');
  throw unfit(pkg, `its outputs are ${names}, of which exactly one should be float32`);
}

const unfit = ({ manifest }: ModelPackage, problem: string) =>
  errors.EMBEDDING_UNFIT({ model: `${manifest.name}@${manifest.version}`, problem });
