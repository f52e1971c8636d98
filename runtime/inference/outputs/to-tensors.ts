import { fromHalf } from '../half.ts';
import type { PlainTensor, Tensors } from '../tiers/tier.ts';

/** A tensor as JSON can hold it. */
export interface RawTensor {
  readonly type: string;
  readonly shape: readonly number[];
  /** Row-major. Whole numbers beyond 2^53 are texts, so that none loses digits. */
  readonly data: readonly (number | string | boolean)[];
}

/** A model's answers as they are, for those who ask for tensors. */
export function toTensors(answers: Tensors): Record<string, RawTensor> {
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => {
      return [name, { type: answer.type, shape: [...answer.dims], data: plain(answer) }];
    }),
  );
}

function plain({ type, data }: PlainTensor): RawTensor['data'] {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Array.from(data, exact);
  if (type === 'float16') return Array.from(data as Uint16Array, fromHalf);
  if (type === 'bool') return Array.from(data as Uint8Array, Boolean);
  return Array.from<number | string>(data);
}

function exact(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
