import type { Step } from '../graph/step.ts';
import type { NumberArray, Slot } from '../graph/value.ts';

/** exp(x) over its sum, in groups of `length` values. */
export const softmaxStep = (from: Slot, to: Slot, length: number): Step => inGroups(from, to, length, softmaxInto);

export const logSoftmaxStep = (from: Slot, to: Slot, length: number): Step =>
  inGroups(from, to, length, logSoftmaxInto);

type Groups = (x: NumberArray, y: NumberArray, count: number, length: number) => void;

function inGroups(from: Slot, to: Slot, length: number, loop: Groups): Step {
  const { width } = from;
  return {
    reads: [from],
    writes: [to],
    cost: width,
    squashed: from,
    link() {
      const [x, y] = [from.array, to.array];
      return (rows) => loop(x, y, rows * width, length);
    },
  };
}

/** @param count values in all; `y` may be `x` */
export function softmaxInto(x: NumberArray, y: NumberArray, count: number, length: number): void {
  for (let start = 0; start < count; start += length) {
    const end = start + length;
    const most = largest(x, start, end);
    let sum = 0;
    for (let at = start; at < end; at++) {
      const value = Math.exp((x[at] as number) - most);
      y[at] = value;
      sum += value;
    }
    const scale = 1 / sum;
    for (let at = start; at < end; at++) y[at] = (y[at] as number) * scale;
  }
}

function logSoftmaxInto(x: NumberArray, y: NumberArray, count: number, length: number): void {
  for (let start = 0; start < count; start += length) {
    const end = start + length;
    const most = largest(x, start, end);
    let sum = 0;
    for (let at = start; at < end; at++) sum += Math.exp((x[at] as number) - most);
    const shift = most + Math.log(sum);
    for (let at = start; at < end; at++) y[at] = (x[at] as number) - shift;
  }
}

function largest(x: NumberArray, start: number, end: number): number {
  let most = x[start] as number;
  for (let at = start + 1; at < end; at++) {
    const value = x[at] as number;
    if (value > most) most = value;
  }
  return most;
}
