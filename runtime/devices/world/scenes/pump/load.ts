import { smooth } from '../../random.ts';

const STREAM = { wander: 0, flutter: 1 };

/**
 * How hard the pump works: a swing between about a quarter and full load whose period wanders between 35 and 80 s, so
 * that eight minutes show its whole range several times over.
 *
 * @param seconds since the world began; may be negative
 * @returns load, 0.2 to 1
 */
export function loadAt(seed: number, seconds: number): number {
  const phase = (2 * Math.PI * seconds) / 48 + 1.2 * smooth(seed, STREAM.wander, seconds / 70);
  return 0.6 + 0.34 * Math.sin(phase) + 0.05 * smooth(seed, STREAM.flutter, seconds / 2.5);
}
