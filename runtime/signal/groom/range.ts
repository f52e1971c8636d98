import type { RangeStep } from './schema.ts';
import type { ChannelStep, Drop } from './types.ts';

/** Leaves out what lies outside `[low, high]`: what the sensor cannot have measured. */
export const range = ({ low, high }: RangeStep, drop: Drop): ChannelStep => ({
  take(point, pass) {
    if (point.value >= low && point.value <= high) pass(point);
    else drop('range');
  },
});
