import type { Branch } from './tree.ts';

/**
 * The same branch with a test of the form x ≤ threshold: x < t is x ≤ the number before t; ≥ and > are the opposite of < and
 * ≤ with their sides changed; = is ≤ t but not ≤ the number before t. A missing value, for which each comparison is
 * false, keeps its way.
 */
export function asAtMost(branch: Branch, precision: 'float32' | 'float64'): Branch {
  const { mode, missing, yes, no } = branch;
  const threshold = precision === 'float32' ? Math.fround(branch.threshold) : branch.threshold;
  const before = precision === 'float32' ? beforeFloat(threshold) : beforeDouble(threshold);
  // Of a threshold that is no number the comparison is false for every x, and ≠ is true.
  const never = Number.isNaN(threshold);
  const base = { ...branch, mode: 'LEQ' as const };
  switch (mode) {
    case 'LEQ':
      return { ...base, threshold };
    case 'LT':
      return { ...base, threshold: before };
    case 'GTE':
      return never ? { ...base, threshold } : { ...base, threshold: before, yes: no, no: yes, missing: !missing };
    case 'GT':
      return never ? { ...base, threshold } : { ...base, threshold, yes: no, no: yes, missing: !missing };
    case 'EQ': {
      if (never) return { ...base, threshold };
      const below: Branch = { ...base, threshold: before, yes: no, no: yes, missing: false };
      return { ...base, threshold, yes: below };
    }
    case 'NEQ': {
      // A missing value differs from every threshold.
      if (never) return { ...base, threshold, yes, no: yes };
      const below: Branch = { ...base, threshold: before, yes, no, missing: true };
      return { ...base, threshold, yes: below, no: yes, missing: true };
    }
  }
}

const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);
const double = new Float64Array(1);
const doubleBits = new BigInt64Array(double.buffer);

/** The largest float32 below; NaN for −∞, which nothing is below. */
export function beforeFloat(value: number): number {
  if (value === -Infinity || Number.isNaN(value)) return NaN;
  float[0] = value === 0 ? -0 : value;
  floatBits[0] = (floatBits[0] as number) + (float[0] > 0 ? -1 : 1);
  return float[0];
}

function beforeDouble(value: number): number {
  if (value === -Infinity || Number.isNaN(value)) return NaN;
  double[0] = value === 0 ? -0 : value;
  doubleBits[0] = (doubleBits[0] as bigint) + (double[0] > 0 ? -1n : 1n);
  return double[0];
}
