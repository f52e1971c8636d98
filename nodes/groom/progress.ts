import type { NodeContext, NodeMessage } from '../../runtime/node-red/index.ts';
import type { Groom, Groomed } from '../../runtime/signal/index.ts';

type Told = Pick<NodeContext<unknown>, 'status' | 'show'>;

/** So many values without one that went on: someone should look, unless they only wait for a summary. */
const MANY = 1000;

/** Words for what is sent on and what is not. */
export function createProgress(groom: Groom<NodeMessage>, { status, show }: Told) {
  let sentAt = 0;
  // A reading may go on without some of its channels: the sidebar keeps what it showed of them.
  let values: Readonly<Record<string, number>> = {};
  let shownUnit: unknown;

  return {
    start: () => status('waiting', 'waiting'),
    next({ unit }: NodeMessage, going: readonly Groomed[]) {
      const { taken, sent, held, dropped } = groom.counts;
      if (going.length > 0) sentAt = taken;
      const { invalid, unit: unconverted } = dropped;
      if (invalid + unconverted > taken / 2) status('warning', 'invalid', { count: invalid + unconverted });
      else if (taken - sentAt > MANY && held === 0) status('warning', 'silent', { count: taken - sentAt });
      else status('active', 'running', { sent, taken });

      for (const { payload } of going) {
        values = { ...values, ...(typeof payload === 'number' ? { value: payload } : payload) };
      }
      const last = going.at(-1);
      if (last) shownUnit = last.unit === undefined ? unit : last.unit;
      const left = Object.entries(dropped).filter(([, count]) => count > 0);
      show({
        kind: 'readings',
        ...(typeof shownUnit === 'string' && { unit: shownUnit }),
        channels: Object.entries(values).map(([name, value]) => ({ name, last: value, min: value, max: value })),
        counts: [
          ['taken', taken] as const,
          ['sent', sent] as const,
          ...left,
          ...(held > 0 ? [['held', held] as const] : []),
        ].map(([what, count]) => ({ what, count })),
      });
    },
  };
}
