/**
 * Standardised values on a grid of whole numbers. Squared distances are then whole numbers too, and small enough for a double
 * to hold each exactly: in whatever order a machine sums, and even by |a|² − 2ab + |b|², it finds the same distances and the
 * same ties.
 */
export interface Grid {
  /** Steps a standard deviation: a power of two. */
  readonly steps: number;
  /** Values beyond so many steps are taken to be there. */
  readonly most: number;
}

/** Standard deviations: 2^8. */
const SPAN_BITS = 8;
/** More would not tell apart what float32 keeps apart. */
const FINEST_BITS = 12;
/** Bits of a double's whole numbers. */
const EXACT_BITS = 53;

/** The finest grid on which Σ (a − b)², of so many numbers up to twice the span, stays below 2^53. */
export function gridFor(width: number): Grid {
  const room = EXACT_BITS - 2 * (SPAN_BITS + 1) - Math.ceil(Math.log2(width));
  const bits = Math.max(0, Math.min(FINEST_BITS, Math.floor(room / 2)));
  return { steps: 2 ** bits, most: 2 ** (bits + SPAN_BITS) };
}

/** On the grid: whole numbers that float32 holds exactly. Halves go to the even number, as in ONNX. */
export function onGrid(standardised: Float32Array, { steps, most }: Grid): Float32Array {
  return standardised.map((value) => Math.max(-most, Math.min(most, roundToEven(value * steps))));
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
