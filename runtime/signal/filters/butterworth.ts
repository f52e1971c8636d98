import { add, complex, type Complex, divide, multiply, squareRoot, subtract, turn } from '../../numerics/index.ts';
import { errors } from '../errors.ts';
import { type FilterDesign, filterProblem, PASS_NAMES } from './design.ts';
import { keepsLevel } from './keeps-level.ts';
import type { Section } from './section.ts';
import { toSections } from './to-sections.ts';

/** Zeros, poles and gain of a filter. */
export interface ZeroPoleGain {
  readonly zeros: readonly Complex[];
  readonly poles: readonly Complex[];
  readonly gain: number;
}

/**
 * Designs a Butterworth filter: as flat as can be where it lets through, half the power at its cut-offs.
 *
 * @param rate Hz
 * @returns second-order sections, to be run one after the other
 * @throws FILTER_INVALID for a cut-off that is not between 0 and half the rate, an order that is not 1 … 16, or a filter that
 *   rounding would spoil
 * @see agrees with scipy.signal.butter(order, cutoffs, pass, fs=rate, output='sos')
 */
export function butterworth(design: FilterDesign, rate: number): Section[] {
  const sections = tryButterworth(design, rate);
  if (typeof sections === 'string') throw errors.FILTER_INVALID({ problem: sections });
  return sections;
}

/** @returns the sections, or what keeps them from being made */
export function tryButterworth(design: FilterDesign, rate: number): Section[] | string {
  const problem = filterProblem(design, rate);
  if (problem !== undefined) return problem;
  const { pass, order, cutoffs } = design;
  // The cut-offs bent so that the bilinear transform puts them where they belong; the rate is 2 by convention.
  const bent = cutoffs.map((cutoff) => {
    const { cos, sin } = turn(cutoff / 2, rate);
    return (4 * sin) / cos;
  });
  const sections = toSections(bilinear(analog(prototype(order), design, bent)));
  if (keepsLevel(sections, pass === 'low' || pass === 'stop' ? 1 : 0)) return sections;
  const filter = `a ${PASS_NAMES[pass]} of order ${order} at ${cutoffs.join(' and ')} Hz`;
  return `rounding would spoil ${filter} for a sample rate of ${rate} Hz; take a lower order or other cut-offs`;
}

/** Of the low-pass with its cut-off at 1: poles equally spaced on the left half of the unit circle. */
function prototype(order: number): Complex[] {
  return Array.from({ length: order }, (_, index) => {
    const { cos, sin } = turn(2 * index + 1 - order, 4 * order);
    return complex(-cos, -sin);
  });
}

function analog(poles: readonly Complex[], { pass, order }: FilterDesign, bent: readonly number[]): ZeroPoleGain {
  const [lower = NaN, upper = NaN] = bent;
  const scale = (factor: number) => (value: Complex) => multiply(value, complex(factor));
  const inverted = (factor: number) => (value: Complex) => divide(complex(factor), value);
  const both = (values: readonly Complex[]) => {
    const centre = complex(lower * upper);
    const roots = values.map((value) => squareRoot(subtract(multiply(value, value), centre)));
    return [
      ...values.map((value, index) => add(value, roots[index] ?? value)),
      ...values.map((value, index) => subtract(value, roots[index] ?? value)),
    ];
  };
  const repeated = (value: Complex, count: number) => Array.from({ length: count }, () => value);
  switch (pass) {
    case 'low':
      return { zeros: [], poles: poles.map(scale(lower)), gain: lower ** order };
    case 'high':
      return { zeros: repeated(complex(0), order), poles: poles.map(inverted(lower)), gain: 1 };
    case 'band': {
      const width = upper - lower;
      return { zeros: repeated(complex(0), order), poles: both(poles.map(scale(width / 2))), gain: width ** order };
    }
    case 'stop': {
      const root = Math.sqrt(lower * upper);
      const zeros = [...repeated(complex(0, root), order), ...repeated(complex(0, -root), order)];
      return { zeros, poles: both(poles.map(inverted((upper - lower) / 2))), gain: 1 };
    }
  }
}

/** From the analog to the digital plane: z = (4 + s) / (4 - s). */
function bilinear({ zeros, poles, gain }: ZeroPoleGain): ZeroPoleGain {
  const four = complex(4);
  const map = (value: Complex) => divide(add(four, value), subtract(four, value));
  const product = (values: readonly Complex[]) =>
    values.reduce((all, value) => multiply(all, subtract(four, value)), complex(1));
  const missing = Array.from({ length: poles.length - zeros.length }, () => complex(-1));
  return {
    zeros: [...zeros.map(map), ...missing],
    poles: poles.map(map),
    gain: gain * divide(product(zeros), product(poles)).re,
  };
}
