import { type Complex, complex, modulus, subtract } from '../../numerics/index.ts';
import type { ZeroPoleGain } from './butterworth.ts';
import type { Section } from './section.ts';

/**
 * Pairs poles with the zeros next to them, so that no section amplifies what the next has to take back. The poles nearest the
 * unit circle come last.
 *
 * @param filter whose complex zeros and poles come in conjugate pairs
 * @see agrees with scipy.signal.zpk2sos(pairing='nearest')
 */
export function toSections({ zeros, poles, gain }: ZeroPoleGain): Section[] {
  const left = { zeros: [...zeros].filter(upper), poles: [...poles].filter(upper) };
  if (poles.length % 2 === 1) {
    left.zeros.push(complex(0));
    left.poles.push(complex(0));
  }
  const sections: Section[] = [];
  while (left.poles.length > 0) {
    const pole = take(left.poles, (one) => Math.abs(1 - modulus(one)));
    const second = isReal(pole) ? take(left.poles, (one) => Math.abs(1 - modulus(one)), isReal) : conjugate(pole);
    const near = (zero: Complex) => modulus(subtract(pole, zero));
    const zero = take(left.zeros, near);
    const other = isReal(zero) ? take(left.zeros, near, isReal) : conjugate(zero);
    sections.unshift({ ...numerator(zero, other), ...denominator(pole, second) });
  }
  const [first, ...rest] = sections;
  if (!first) return [];
  return [{ ...first, b0: first.b0 * gain, b1: first.b1 * gain, b2: first.b2 * gain }, ...rest];
}

const isReal = ({ im }: Complex) => im === 0;
/** Of a conjugate pair the one above the real axis stands for both. */
const upper = ({ im }: Complex) => im >= 0;
const conjugate = ({ re, im }: Complex) => complex(re, -im);

/** Takes out the one of the least distance. */
function take(values: Complex[], distance: (value: Complex) => number, fits = (_: Complex) => true): Complex {
  let best = -1;
  values.forEach((value, index) => {
    if (fits(value) && (best < 0 || distance(value) < distance(values[best] as Complex))) best = index;
  });
  const [taken] = values.splice(best, 1);
  if (best < 0 || !taken) throw new RangeError('zeros and poles that are not in conjugate pairs');
  return taken;
}

const sum = (a: Complex, b: Complex) => a.re + b.re;
const product = (a: Complex, b: Complex) => a.re * b.re - a.im * b.im;
const numerator = (a: Complex, b: Complex) => ({ b0: 1, b1: -sum(a, b), b2: product(a, b) });
const denominator = (a: Complex, b: Complex) => ({ a1: -sum(a, b), a2: product(a, b) });
