/** A rate is an average over so long, in so many parts, ms: after this time without anything new it is 0. */
export const SPAN = 10_000;
const PARTS = 10;
const PART = SPAN / PARTS;

/** How many a second, over the last ten seconds. */
export function createRate(clock: { monotonic(): number }) {
  const counts = new Float64Array(PARTS);
  let current = Math.floor(clock.monotonic() / PART);
  const move = () => {
    const part = Math.floor(clock.monotonic() / PART);
    if (part - current >= PARTS) counts.fill(0);
    else for (let next = current + 1; next <= part; next++) counts[next % PARTS] = 0;
    current = part;
  };
  return {
    add(count: number): void {
      move();
      counts[current % PARTS] = (counts[current % PARTS] ?? 0) + count;
    },
    get perSecond(): number {
      move();
      return counts.reduce((sum, count) => sum + count, 0) / (SPAN / 1_000);
    },
  };
}
