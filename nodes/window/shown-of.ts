import type { ViewBody } from '../../runtime/messages/index.ts';
import type { Window, WindowCounts } from '../../runtime/signal/index.ts';

/** What the sidebar shows of a window and of what was left out; nothing as long as nothing was. */
export function shownOf({ payload }: Window, { taken, ...left }: WindowCounts): ViewBody | undefined {
  const counts = Object.entries(left)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => ({ what, count }));
  if (counts.length === 0) return undefined;
  const { channels, data } = payload;
  const shown = channels.map((name, channel) => {
    let [min, max, last] = [Infinity, -Infinity, NaN];
    for (let at = channel; at < data.length; at += channels.length) {
      last = data[at] as number;
      min = Math.min(min, last);
      max = Math.max(max, last);
    }
    return { name, last, min, max };
  });
  return { kind: 'readings', channels: shown, counts: [{ what: 'taken', count: taken }, ...counts] };
}
