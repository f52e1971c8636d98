/**
 * The name that somebody probably meant: other case or other separators, or a typing error or two.
 *
 * @returns nothing where no candidate is close
 *
 * @example
 * nearestName('Peak-X', ['rms_x', 'peak_x']); // 'peak_x'
 * nearestName('humidity', ['rms_x', 'peak_x']); // undefined
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const plain = simplified(name);
  const same = candidates.find((candidate) => simplified(candidate) === plain);
  if (same !== undefined) return same;
  let nearest: string | undefined;
  let least = plain.length < 4 ? 1 : plain.length < 8 ? 2 : 3;
  for (const candidate of candidates) {
    const distance = editDistance(plain, simplified(candidate));
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

const simplified = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Levenshtein's: how many letters to put in, take out or change. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[to.length] ?? 0;
}
