import type { Step } from '../graph/step.ts';
import type { NumberArray, Slot } from '../graph/value.ts';

interface AffineParts {
  readonly from: Slot;
  readonly to: Slot;
  /** By place in a row. */
  readonly offset: NumberArray;
  readonly scale: NumberArray;
  readonly shift: NumberArray;
}

/** (x − offset) · scale + shift for each value by itself: scalers and normalisation over batches. */
export class Affine implements Step {
  readonly reads: readonly Slot[];
  readonly writes: readonly Slot[];
  readonly parts: AffineParts;

  constructor(parts: AffineParts) {
    this.parts = parts;
    this.reads = [parts.from];
    this.writes = [parts.to];
  }

  get cost(): number {
    return this.parts.to.width;
  }

  row(values: Float64Array): Float64Array {
    const { offset, scale, shift } = this.parts;
    return values.map((value, at) => (value - (offset[at] as number)) * (scale[at] as number) + (shift[at] as number));
  }

  link(): (rows: number) => void {
    const { from, to, offset, scale, shift } = this.parts;
    const [x, y, { width }] = [from.array, to.array, to];
    return (rows) => {
      for (let row = 0, at = 0; row < rows; row++) {
        for (let index = 0; index < width; index++, at++) {
          const value = ((x[at] as number) - (offset[index] as number)) * (scale[index] as number);
          y[at] = value + (shift[index] as number);
        }
      }
    };
  }
}
