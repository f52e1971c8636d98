import { turn } from './turn.ts';

/**
 * Periodic Hann window: w[n] = ½ - ½ cos(2πn/N).
 *
 * @see agrees with scipy.signal.get_window('hann', N)
 */
export const hann = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * turn(n, length).cos);
