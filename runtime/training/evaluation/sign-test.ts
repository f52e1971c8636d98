/**
 * Whether the rows on which two models differ speak for one of them: the exact sign test, as McNemar's, at 5 %.
 *
 * @param gains 1 where the second is right and the first is not, −1 the other way round, 0 where both are or neither is
 * @see McNemar (1947); Fagerland, Lydersen, Laake (2013) on the exact form
 * @example
 * signTest(Int8Array.of(1, 1, 1, 1, 1)); // false
 * @example
 * signTest(Int8Array.of(1, 1, 1, 1, 1, 1)); // true
 */
export function signTest(gains: Int8Array): boolean {
  let [up, down] = [0, 0];
  for (const gain of gains) {
    if (gain > 0) up++;
    else if (gain < 0) down++;
  }
  const count = up + down;
  if (count === 0) return false;
  const few = Math.min(up, down);
  // Probability of so few or fewer out of `count` tosses, from the logarithms of the binomial's terms.
  let term = count * Math.log(0.5);
  let tail = Math.exp(term);
  for (let k = 1; k <= few; k++) {
    term += Math.log(count - k + 1) - Math.log(k);
    tail += Math.exp(term);
  }
  return Math.min(1, 2 * tail) < 0.05;
}
