import type { ChannelStep, Point } from './types.ts';

type Pass = (point: Point) => void;

/** Steps one after the other, as one step. */
export function chain(steps: readonly ChannelStep[]): Required<ChannelStep> {
  const from = (index: number, pass: Pass): Pass => {
    const step = steps[index];
    if (!step) return pass;
    const next = from(index + 1, pass);
    return (point) => step.take(point, next);
  };
  return {
    take: (point, pass) => from(0, pass)(point),
    // What the first holds back may be held back by the second: so from the first to the last.
    flush: (pass) => steps.forEach((step, index) => step.flush?.(from(index + 1, pass))),
    get held() {
      return steps.reduce((sum, { held = 0 }) => sum + held, 0);
    },
    // Later conversions have the unit of the first.
    check: (origin) => steps.find(({ check }) => check)?.check?.(origin),
  };
}
