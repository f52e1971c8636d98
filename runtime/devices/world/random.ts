/**
 * Random numbers that depend only on a seed and a position, not on what was drawn before: a world can be read at any
 * rate, with gaps, and gives the same readings.
 *
 * @see the finaliser of MurmurHash3 (Appleby, 2011)
 */
function hash(seed: number, stream: number, index: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35) ^ Math.imul(index, 0x27d4eb2f);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}

/** Uniform in [0, 1). */
export function uniform(seed: number, stream: number, index: number): number {
  return hash(seed, stream, index) / 2 ** 32;
}

/** Standard normal, by Box and Muller (1958). */
export function normal(seed: number, stream: number, index: number): number {
  const u = 1 - uniform(seed, 2 * stream + 1000, index);
  const v = uniform(seed, 2 * stream + 1001, index);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}

/** Smooth noise with standard deviation near 0.5 and values mostly in [-1, 1]; `position` counts correlation times. */
export function smooth(seed: number, stream: number, position: number): number {
  const index = Math.floor(position);
  const part = position - index;
  const blend = part * part * (3 - 2 * part);
  const at = (i: number) => 2 * uniform(seed, stream, i) - 1;
  return at(index) * (1 - blend) + at(index + 1) * blend;
}

/**
 * Smooth noise that is standard normal at every instant; `position` counts correlation times. Neighbours are mixed by a
 * sine and a cosine, so that the variance stays 1 between them.
 */
export function smoothNormal(seed: number, stream: number, position: number): number {
  const index = Math.floor(position);
  const part = position - index;
  const angle = (Math.PI / 2) * part * part * (3 - 2 * part);
  return normal(seed, stream, index) * Math.cos(angle) + normal(seed, stream, index + 1) * Math.sin(angle);
}
