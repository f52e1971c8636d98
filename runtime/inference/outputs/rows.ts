import type { Manifest, ModelOutput } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import { fromHalf } from '../half.ts';
import type { PlainTensor, Tensors } from '../tiers/tier.ts';

/** An output as plain values, and how many of them belong to each row. */
export interface OutputRows {
  /** 64-bit integers lose their precision beyond 2^53. */
  readonly values: ArrayLike<number> | readonly string[];
  readonly texts: boolean;
  readonly width: number;
  /** Dimensions of one row. */
  readonly dims: readonly number[];
}

/** @throws MODEL_OUTPUT_UNSUITABLE where there is no such output, or it does not have a row for each that was asked */
export function outputRows(manifest: Manifest, { name }: ModelOutput, answers: Tensors, rows: number): OutputRows {
  const answer = answers[name];
  if (!answer) throw unsuitable(manifest);
  const { dims, data } = answer;
  const own = dims[0] === rows ? dims.slice(1) : dims;
  const width = data.length / rows;
  // One row's answer may have any shape; that of several must say which part is whose.
  if (rows > 1 && (own === dims || !Number.isInteger(width))) throw unsuitable(manifest);
  return { values: plain(answer), texts: answer.type === 'string', width, dims: own };
}

/** A tensor's values as numbers or texts, not copied where they are so already. */
function plain({ type, data }: PlainTensor): OutputRows['values'] {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return whole(data);
  if (type === 'float16') return Float64Array.from(data as Uint16Array, fromHalf);
  return data;
}

function whole(data: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) numbers[i] = Number(data[i]);
  return numbers;
}

/** @throws MODEL_RUN_FAILED for what is no finite number, MODEL_OUTPUT_UNSUITABLE for what is no number */
export function numberAt(manifest: Manifest, { values }: OutputRows, at: number): number {
  const value = values[at];
  if (typeof value !== 'number') throw unsuitable(manifest);
  if (value - value !== 0) throw errors.MODEL_RUN_FAILED({ model: manifest.name, reason: `it answered ${value}` });
  return value;
}

export function unsuitable({ name, task, outputs }: Manifest) {
  const described = outputs.map(
    (output) => `${output.name} (${output.role}, ${output.type} [${output.shape.join(', ')}])`,
  );
  return errors.MODEL_OUTPUT_UNSUITABLE({ model: name, task, outputs: described.join(', ') });
}

export const withRole = ({ outputs }: Manifest, role: ModelOutput['role']): ModelOutput | undefined =>
  outputs.find((output) => output.role === role);
