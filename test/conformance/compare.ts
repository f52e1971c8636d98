import { fromHalf } from '../../runtime/inference/half.ts';
import type { PlainTensor } from '../../runtime/inference/tiers/tier.ts';

/** As ONNX's own runner compares. */
const RELATIVE = 1e-3;
const ABSOLUTE = 1e-7;

/** How an answer differs from the expected one, in words; `undefined` if it does not. */
export function difference(answer: PlainTensor | undefined, expected: PlainTensor): string | undefined {
  if (!answer) return 'no answer';
  if (answer.type !== expected.type) return `the type ${answer.type} instead of ${expected.type}`;
  if (String(answer.dims) !== String(expected.dims)) {
    return `the shape [${answer.dims.join(', ')}] instead of [${expected.dims.join(', ')}]`;
  }
  const own = numbers(answer);
  const wanted = numbers(expected);
  const at = wanted.findIndex((value, index) => !close(own[index], value));
  return at < 0 && own.length === wanted.length ? undefined : 'other values';
}

function close(value: number | bigint | string | undefined, wanted: number | bigint | string): boolean {
  if (typeof value !== 'number' || typeof wanted !== 'number') return value === wanted;
  if (Object.is(value, wanted) || value === wanted) return true;
  return Math.abs(value - wanted) <= ABSOLUTE + RELATIVE * Math.abs(wanted);
}

function numbers({ type, data }: PlainTensor): (number | bigint | string)[] {
  const values = Array.from<number | bigint | string, number | bigint | string>(data, (value) => value);
  return type === 'float16' ? values.map((bits) => fromHalf(Number(bits))) : values;
}
