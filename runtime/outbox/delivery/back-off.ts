/** The first pause, the longest, ms; every pause is varied by a fifth, so that many gateways do not come at once. */
const FIRST = 250;
const LONGEST = 30_000;
const JITTER = 0.2;

/** Pauses between attempts: each twice the last, with jitter, until something succeeds. */
export function createBackOff(random: () => number = Math.random) {
  let pause = FIRST;
  return {
    next(): number {
      const current = pause;
      pause = Math.min(pause * 2, LONGEST);
      return current * (1 + JITTER * (2 * random() - 1));
    },
    reset(): void {
      pause = FIRST;
    },
  };
}
