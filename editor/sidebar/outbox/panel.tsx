import { useEffect } from 'preact/hooks';
import { pageStore } from '../../live/page-store.ts';
import { OUTBOX_WORDS as WORDS } from '../../look/outbox-words.ts';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { useObserved } from '../use-observed.ts';
import { usePolling } from '../use-polling.ts';
import { DestinationCard } from './destination-card.tsx';
import type { Destinations } from './destinations.ts';
import { Room } from './room.tsx';
import { onTurn } from './turns.ts';

interface PanelProps {
  readonly outbox: Destinations;
  readonly root: HTMLElement;
}

/** While it is looked at it is asked for so often, ms. */
const PERIOD = 1_000;

/** What waits to leave this machine: for whom, why, since when, and what one can do about it. */
export function OutboxPanel({ outbox, root }: PanelProps) {
  const { loaded, destinations, ahead, bytes, quota, trouble } = useObserved(outbox.state);
  usePolling(outbox.refresh, PERIOD, root);
  // At once, and not only with the next look.
  useEffect(() => onTurn(pageStore, () => void outbox.refresh()), [outbox]);
  const now = Date.now() + ahead;
  return (
    <>
      <Notice trouble={trouble} />
      {!loaded && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {loaded && destinations.length === 0 && (
        <div class="millrace-empty">
          <strong>{WORDS.none}</strong>
          <p>{WORDS.noneHint}</p>
        </div>
      )}
      {destinations.length > 0 && !mayWrite() && <p class="millrace-quiet">{WORDS.readOnly}</p>}
      <div role="list" aria-label={WORDS.list}>
        {destinations.map((row) => (
          <DestinationCard key={row.id} {...{ row, now, outbox }} />
        ))}
      </div>
      {quota > 0 && <Room used={bytes} quota={quota} />}
    </>
  );
}
