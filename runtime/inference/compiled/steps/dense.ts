import type { Step } from '../graph/step.ts';
import type { NumberArray, Slot } from '../graph/value.ts';
import type { Activation } from './activation.ts';

/** y = activation(x · W + b) for `vectors` vectors a row. What follows it in the graph may still become its bias or activation. */
export class Dense implements Step {
  readonly reads: readonly Slot[];
  writes: readonly Slot[] = [];
  readonly inputs: number;
  readonly outputs: number;
  /** By input, then output. */
  readonly weights: NumberArray;
  /** Vectors a row: more than one where the input has more than two dimensions. */
  readonly vectors: number;
  bias: NumberArray | undefined;
  activation: Activation | undefined;

  constructor(input: Slot, weights: NumberArray, outputs: number) {
    this.reads = [input];
    this.weights = weights;
    this.outputs = outputs;
    this.inputs = weights.length / outputs;
    this.vectors = input.width / this.inputs;
  }

  get cost(): number {
    return this.weights.length * this.vectors;
  }

  get words(): string {
    return `dense ${this.inputs}-${this.outputs}`;
  }

  /** Without the activation where that is a logistic function. Undefined: another follows. */
  get row(): ((values: Float64Array) => Float64Array) | undefined {
    const { inputs, outputs, weights, bias, activation, vectors } = this;
    if (vectors !== 1 || (activation && !activation.squashes)) return undefined;
    return (values) =>
      Float64Array.from({ length: outputs }, (_, o) => {
        let sum = bias?.[o] ?? 0;
        for (let i = 0; i < inputs; i++) sum += (values[i] as number) * (weights[i * outputs + o] as number);
        return sum;
      });
  }

  link(): (rows: number) => void {
    const { inputs, outputs, vectors, activation } = this;
    const weights = byOutput(this.weights, inputs, outputs);
    const bias = new Float64Array(outputs);
    if (this.bias) bias.set(this.bias);
    const from = (this.reads[0] as Slot).array;
    const to = (this.writes[0] as Slot).array;
    const apply = activation?.apply;
    return (rows) => {
      multiply(from, weights, bias, to, rows * vectors, inputs, outputs);
      apply?.(to, to, rows * vectors * outputs);
    };
  }
}

/** Float64, so that the loop need not convert them. */
function byOutput(weights: NumberArray, inputs: number, outputs: number): Float64Array {
  const turned = new Float64Array(weights.length);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) turned[o * inputs + i] = weights[i * outputs + o] as number;
  }
  return turned;
}

function multiply(
  x: NumberArray,
  weights: Float64Array,
  bias: Float64Array,
  y: NumberArray,
  count: number,
  inputs: number,
  outputs: number,
): void {
  const fours = outputs - (outputs % 4);
  for (let row = 0; row < count; row++) {
    const start = row * inputs;
    const into = row * outputs;
    let at = 0;
    // Four sums at once: each waits for its own last addition only.
    for (let o = 0; o < fours; o += 4) {
      let a = bias[o] as number;
      let b = bias[o + 1] as number;
      let c = bias[o + 2] as number;
      let d = bias[o + 3] as number;
      for (let i = 0; i < inputs; i++, at++) {
        const value = x[start + i] as number;
        a += value * (weights[at] as number);
        b += value * (weights[at + inputs] as number);
        c += value * (weights[at + 2 * inputs] as number);
        d += value * (weights[at + 3 * inputs] as number);
      }
      at += 3 * inputs;
      y[into + o] = a;
      y[into + o + 1] = b;
      y[into + o + 2] = c;
      y[into + o + 3] = d;
    }
    for (let o = fours; o < outputs; o++) {
      let sum = bias[o] as number;
      for (let i = 0; i < inputs; i++, at++) sum += (x[start + i] as number) * (weights[at] as number);
      y[into + o] = sum;
    }
  }
}
