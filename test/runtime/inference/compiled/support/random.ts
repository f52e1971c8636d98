/** Numbers from a seed, so that a failure can be had again. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  int(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  chance(share: number): boolean;
  /** About normal, rounded to float32. */
  normal(): number;
  normals(count: number): number[];
}

/** @see Vigna (2015), splitmix; here of 32 bits */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.fround((next() + next() + next() + next() - 2) * 1.7);
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T,
    chance: (share) => next() < share,
    normal,
    normals: (count) => Array.from({ length: count }, normal),
  };
}
