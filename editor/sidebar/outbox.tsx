import { chartSpan } from '../live/history.ts';
import { type Entry, type ShownOf, SPAN } from '../live/store.ts';
import { count } from '../look/numbers.ts';
import { outboxWords, WORDS } from '../look/words.ts';
import { Card } from './card.tsx';
import { Chart } from './chart.tsx';

/** What waits to be delivered, and whether anybody is there to take it. */
export function Outbox({ entry }: { readonly entry: Entry<ShownOf<'outbox'>> }) {
  const { connected, sent, destination } = entry.latest;
  return (
    <Card title="Outbox" view={entry.latest} aside={`${count(sent)} delivered`}>
      <div class="millrace-verdict">
        <strong>{outboxWords(entry.latest)}</strong>
      </div>
      <div class="millrace-outbox">
        <span class={`millrace-dot millrace-dot-${connected ? 'on' : 'off'}`} />
        <span>
          {connected ? 'connected to' : 'cannot reach'} <b>{destination}</b>
        </span>
      </div>
      <Chart
        points={entry.history.points}
        lines={[(view) => view.depth]}
        height={48}
        colour={connected ? 0 : 1}
        amount
      />
      <footer>messages waiting on disk, {WORDS.last(chartSpan(entry.history.points, SPAN))}</footer>
    </Card>
  );
}
