/** ms: until the loops are machine code. */
const WARM = 30;
/** ms */
const TIMED = 60;
const LEAST_RUNS = 3;
/** Runs between two looks at the clock: one alone would be as short as the look. */
const AT_ONCE = 8;

/** µs that one run takes: the median of rounds, so that what else the machine does counts little. */
export async function timeOf(run: () => unknown): Promise<number> {
  await rounds(run, WARM);
  const times = await rounds(run, TIMED);
  return (times.sort((a, b) => a - b)[times.length >> 1] ?? 0) * 1000;
}

/** ms a run, by round. */
async function rounds(run: () => unknown, duration: number): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  while (times.length < LEAST_RUNS || performance.now() - begun < duration) {
    // A run that takes long is measured alone.
    const many = (times[0] ?? Infinity) > 1 ? 1 : AT_ONCE;
    const from = performance.now();
    for (let i = 0; i < many; i++) {
      const answer = run();
      if (answer instanceof Promise) await answer;
    }
    times.push((performance.now() - from) / many);
  }
  return times;
}
