import type { ReadingPayload, ViewBody, WindowPayload } from '../../runtime/messages/index.ts';
import type { NodeContext, NodeMessage } from '../../runtime/node-red/index.ts';
import type { FilteredReading, StreamFilter } from '../../runtime/signal/index.ts';

interface Words {
  readonly kind: string;
}
type Told = Pick<NodeContext<Words>, 'status' | 'show' | 'settings'>;
type Channels = Extract<ViewBody, { kind: 'readings' }>['channels'];

/** Words for what is filtered, and what it was before. */
export function createProgress(filter: StreamFilter<NodeMessage>, { status, show, settings }: Told) {
  const { counts } = filter;
  const running = (rate: number | undefined) => {
    const left = counts.incomplete + counts.late + counts.refused;
    if (left > counts.taken) status('warning', 'leftOut', { count: left });
    else if (rate === undefined) status('active', settings.kind);
    else status('active', 'rate', { rate: Number(rate.toPrecision(3)) });
  };
  const view = (channels: Channels, { unit }: NodeMessage) => {
    const left = (['incomplete', 'late', 'refused', 'restarts'] as const).filter((what) => counts[what] > 0);
    show({
      ...{ kind: 'readings', channels },
      ...(typeof unit === 'string' && { unit }),
      ...(left.length > 0 && { counts: left.map((what) => ({ what, count: counts[what] })) }),
    });
  };

  return {
    start: () => status('waiting', 'waiting'),
    reading(going: readonly FilteredReading<NodeMessage>[]) {
      const last = going.at(-1);
      if (!last) return counts.taken === 0 ? status('waiting', 'learning') : running(filter.rate);
      running(filter.rate);
      const [before, after] = [named(last.before), named(last.payload)];
      const channels = Object.entries(after)
        .filter(([name, value]) => Number.isFinite(value) && before[name] !== undefined)
        .flatMap(([name, value]) => [strip(name, before[name] as number), strip(`${name} filtered`, value)]);
      view(channels, last.origin);
    },
    window(before: unknown, after: WindowPayload, message: NodeMessage) {
      running(after.rate);
      view([...ofWindow(before as WindowPayload, ''), ...ofWindow(after, ' filtered')], message);
    },
  };
}

const named = (payload: ReadingPayload): Readonly<Record<string, number>> =>
  typeof payload === 'number' ? { value: payload } : payload;
const strip = (name: string, value: number) => ({ name, last: value, min: value, max: value });

/** The range of each channel in a window. */
function ofWindow({ channels, data }: WindowPayload, suffix: string): Channels {
  return channels.map((channel, index) => {
    let [min, max, last] = [Infinity, -Infinity, NaN];
    for (let at = index; at < data.length; at += channels.length) {
      last = data[at] as number;
      min = Math.min(min, last);
      max = Math.max(max, last);
    }
    return { name: `${channel}${suffix}`, last, min, max };
  });
}
