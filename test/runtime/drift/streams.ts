/** Seeded streams of feature rows whose behaviour is known. */
import { seededRandom } from '../../../runtime/numerics/index.ts';

export const TEN = Array.from({ length: 10 }, (_, index) => `f${index}`);

/**
 * Independent AR(1) features of mean 0 and standard deviation 1, by `x' = φ x + √(1 - φ²) ε`; φ = 0 is white noise.
 *
 * @returns the next row
 */
export function autoregressive(seed: number, phi: number, features = TEN.length): () => Float64Array {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const now = new Float64Array(features).map(normal);
  return () => {
    for (let i = 0; i < features; i++) now[i] = phi * (now[i] ?? 0) + Math.sqrt(1 - phi * phi) * normal();
    return now.slice();
  };
}

export const take = (count: number, next: () => Float64Array): Float64Array[] => Array.from({ length: count }, next);
