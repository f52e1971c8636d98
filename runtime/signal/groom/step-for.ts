import { aggregate } from './aggregate.ts';
import { compress } from './compress.ts';
import { deadband } from './deadband.ts';
import { duplicates } from './duplicates.ts';
import { outliers } from './outliers.ts';
import { range } from './range.ts';
import type { GroomStep } from './schema.ts';
import type { ChannelStep, Drop } from './types.ts';
import { unit } from './unit.ts';

/** A step for one channel, with a state of its own. */
export function stepFor(step: GroomStep, drop: Drop): ChannelStep {
  switch (step.type) {
    case 'range':
      return range(step, drop);
    case 'outliers':
      return outliers(step, drop);
    case 'duplicates':
      return duplicates(step, drop);
    case 'unit':
      return unit(step);
    case 'deadband':
      return deadband(step, drop);
    case 'aggregate':
      return aggregate(step, drop);
    case 'compress':
      return compress(step, drop);
  }
}
