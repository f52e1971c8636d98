import { defineLimit } from '../../base/index.ts';
import type { DuplicatesStep } from './schema.ts';
import type { ChannelStep, Drop } from './types.ts';

const groomIds = defineLimit(
  'groom_ids',
  10_000,
  'Ids a channel by which "groom" knows messages again; older ones it may take twice',
);

/** Leaves out what came before: the value that the channel had last, or an id that is known. */
export function duplicates({ by, within }: DuplicatesStep, drop: Drop): ChannelStep {
  const longest = within > 0 ? within * 1000 : Infinity;
  return by === 'value' ? sameValue(longest, drop) : sameId(longest, drop);
}

/** A value that is repeated is passed on again once `longest` ms have gone by since it was. */
function sameValue(longest: number, drop: Drop): ChannelStep {
  let last = { value: NaN, time: NaN };
  return {
    take(point, pass) {
      if (point.value === last.value && Math.abs(point.time - last.time) < longest) return drop('duplicates');
      last = point;
      pass(point);
    },
  };
}

function sameId(longest: number, drop: Drop): ChannelStep {
  // In the order in which they came.
  const known = new Map<string, number>();
  return {
    take(point, pass) {
      const { id } = point.origin;
      if (id === undefined) return pass(point);
      const before = known.get(id);
      if (before !== undefined && Math.abs(point.time - before) < longest) return drop('duplicates');
      known.delete(id);
      known.set(id, point.time);
      if (known.size > groomIds.value) {
        const [oldest = ''] = known.keys();
        known.delete(oldest);
        groomIds.cost();
      }
      pass(point);
    },
  };
}
