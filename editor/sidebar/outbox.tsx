import { chartSpan } from '../live/history.ts';
import { type Entry, type ShownOf, SPAN } from '../live/store.ts';
import { count } from '../look/numbers.ts';
import { OUTBOX_WORDS, rateWords } from '../look/outbox-words.ts';
import { outboxWords, WORDS } from '../look/words.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { Chart } from './chart.tsx';

interface OutboxProps {
  readonly entry: Entry<ShownOf<'outbox'>>;
  /** Shows the part where the whole of it is. */
  openOutbox(): void;
}

/** What waits to be delivered, and whether anybody is there to take it. */
export function Outbox({ entry, openOutbox }: OutboxProps) {
  const { connected, sent, destination, rate = 0, paused = false, dead = 0 } = entry.latest;
  const aside = rate > 0 ? `${count(sent)} delivered, ${rateWords(rate)}` : `${count(sent)} delivered`;
  return (
    <Card title="Outbox" view={entry.latest} aside={aside}>
      <div class="millrace-verdict">
        <strong>{outboxWords(entry.latest)}</strong>
      </div>
      <div class="millrace-outbox">
        <span class={`millrace-dot millrace-dot-${connected ? 'on' : 'off'}`} />
        <span>
          {connected ? 'connected to' : paused ? 'not sending to' : 'cannot reach'} <b>{destination}</b>
        </span>
      </div>
      {dead > 0 && <p class="millrace-warning">{OUTBOX_WORDS.dead(dead)}</p>}
      <Chart
        points={entry.history.points}
        lines={[(view) => view.depth]}
        height={48}
        colour={connected ? 0 : 1}
        amount
      />
      <footer>messages waiting on disk, {WORDS.last(chartSpan(entry.history.points, SPAN))}</footer>
      <div class="millrace-actions">
        <Button icon="paper-plane-o" label={OUTBOX_WORDS.open} act={openOutbox} />
      </div>
    </Card>
  );
}
