/** ms: until the loops are machine code. */
const WARM = 30;
/** ms */
const TIMED = 60;
/** Rounds that it should be at least, unless they take as many ms. */
const ROUNDS = 3;
const PATIENCE = 300;
/** Runs between two looks at the clock: one alone would be as short as the look. */
const AT_ONCE = 8;

/** µs that one run takes: the median of rounds, so that what else the machine does counts little. A slow one is not asked often. */
export async function timeOf(run: () => unknown): Promise<number> {
  const warm = await rounds(run, WARM);
  const slow = median(warm) > PATIENCE;
  return median(slow ? warm : await rounds(run, TIMED)) * 1000;
}

/** ms a run, by round. */
async function rounds(run: () => unknown, duration: number): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  const taken = () => performance.now() - begun;
  do {
    // A run that takes long is measured alone.
    const many = (times[0] ?? Infinity) > 1 ? 1 : AT_ONCE;
    const from = performance.now();
    for (let i = 0; i < many; i++) {
      const answer = run();
      if (answer instanceof Promise) await answer;
    }
    times.push((performance.now() - from) / many);
  } while (taken() < duration || (times.length < ROUNDS && taken() < PATIENCE));
  return times;
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;
