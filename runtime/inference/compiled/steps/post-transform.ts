import type { NumberArray } from '../graph/value.ts';
import { softmaxInto } from './softmax.ts';

export type PostTransformName = 'NONE' | 'LOGISTIC' | 'SOFTMAX' | 'SOFTMAX_ZERO' | 'PROBIT';

/** Changes the scores of some rows in place, `width` scores a row. */
export type PostTransform = (scores: NumberArray, count: number, width: number) => void;

export function postTransform(name: string): PostTransform | undefined {
  return name in TRANSFORMS ? TRANSFORMS[name as PostTransformName] : undefined;
}

const each =
  (f: (score: number) => number): PostTransform =>
  (scores, count) => {
    for (let at = 0; at < count; at++) scores[at] = f(scores[at] as number);
  };

export const logistic = (score: number): number => 1 / (1 + Math.exp(-score));

/**
 * √2 · erf⁻¹(2x − 1) in the approximation that ONNX Runtime computes, with its constants.
 *
 * @see Winitzki (2008), A handy approximation for the error function and its inverse
 */
export function probit(score: number): number {
  const x = Math.fround(2 * Math.fround(score) - 1);
  const log = Math.fround(Math.log(Math.fround(Math.fround(1 - x) * Math.fround(1 + x))));
  const a = Math.fround(0.147);
  const b = Math.fround(Math.fround(2 / Math.fround(Math.fround(Math.PI) * a)) + Math.fround(0.5 * log));
  const c = Math.fround(Math.fround(1 / a) * log);
  const inner = Math.fround(-b + Math.fround(Math.sqrt(Math.fround(Math.fround(b * b) - c))));
  return Math.fround(1.41421356) * (x < 0 ? -1 : 1) * Math.fround(Math.sqrt(inner));
}

/** A softmax that leaves scores of 0 at 0. */
const softmaxZero: PostTransform = (scores, count, width) => {
  for (let start = 0; start < count; start += width) {
    let most = -Infinity;
    for (let at = start; at < start + width; at++) most = Math.max(most, scores[at] as number);
    let sum = 0;
    for (let at = start; at < start + width; at++) {
      const score = scores[at] as number;
      const isZero = Math.abs(score) <= 1e-7;
      scores[at] = isZero ? score * Math.exp(-most) : Math.exp(score - most);
      if (!isZero) sum += scores[at] as number;
    }
    for (let at = start; at < start + width; at++) scores[at] = (scores[at] as number) / sum;
  }
};

const TRANSFORMS: Readonly<Record<PostTransformName, PostTransform>> = {
  NONE: () => undefined,
  LOGISTIC: each(logistic),
  SOFTMAX: (scores, count, width) => softmaxInto(scores, scores, count, width),
  SOFTMAX_ZERO: softmaxZero,
  PROBIT: each(probit),
};
