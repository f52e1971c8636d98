import type { TruthLabel } from '../../messages/index.ts';

/**
 * Names the runs of examples: each uninterrupted stretch of one label is a group of its own, so that windows which overlap are
 * trained on or tested on together.
 */
export function createGroups(now: () => number) {
  let current: { readonly label: TruthLabel | undefined; readonly name: string } | undefined;
  let stamp = '';
  let count = 0;
  return {
    /** @param label of the example: another one begins another group */
    of(label: TruthLabel | undefined): string {
      if (!current || current.label !== label) {
        const next = `${label ?? 'not labelled'} ${timeOf(now())}`;
        count = next === stamp ? count + 1 : 1;
        stamp = next;
        current = { label, name: count > 1 ? `${next} (${count})` : next };
      }
      return current.name;
    },
    /** The stretch ends: what follows is another group, even of the same label. */
    end: () => void (current = undefined),
  };
}

/** As people write it, in UTC: `2026-11-21 05:40:12`. */
const timeOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
