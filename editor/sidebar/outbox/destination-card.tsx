import type { DestinationRow } from '../../../runtime/messages/index.ts';
import { destinationWords, dropWords, lookOf, OUTBOX_WORDS as WORDS } from '../../look/outbox-words.ts';
import { WORDS as COMMON } from '../../look/words.ts';
import { isThere, reveal } from '../reveal.ts';
import { Actions } from './actions.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { DepthCurve } from './depth-curve.tsx';
import { type Destinations, nameOf } from './destinations.ts';
import { Facts } from './facts.tsx';
import { Streams } from './streams.tsx';

interface DestinationCardProps {
  readonly row: DestinationRow;
  /** Of the gateway's clock. */
  readonly now: number;
  readonly outbox: Destinations;
}

const SIGNS = { calm: 'check-circle', active: 'paper-plane-o', held: 'pause-circle', problem: 'exclamation-circle' };

/** One destination: how it is in a sentence, what waits, what went wrong, and what to do about it. */
export function DestinationCard({ row, now, outbox }: DestinationCardProps) {
  const { id, served, problem, dropped, dead } = row;
  const look = lookOf(row);
  return (
    <section class="millrace-card millrace-destination" role="listitem" aria-label={nameOf(row)}>
      <header>
        <h3>
          {isThere(id) ? (
            <button type="button" title={COMMON.show} onClick={() => reveal(id)}>
              {nameOf(row)}
            </button>
          ) : (
            nameOf(row)
          )}
        </h3>
        <span class="millrace-aside">{WORDS.kinds[row.kind] ?? row.kind}</span>
      </header>
      {row.address !== '' && row.address !== nameOf(row) && (
        <p class="millrace-quiet millrace-address">{row.address}</p>
      )}
      <div class={`millrace-verdict millrace-outbox-${look}`}>
        <i class={`fa fa-${SIGNS[look]}`} aria-hidden="true" />
        <strong>{destinationWords(row, now)}</strong>
      </div>
      {problem && (
        <div class="millrace-outbox-why">
          <p>{problem.message}</p>
          <p class="millrace-quiet">{problem.hint}</p>
        </div>
      )}
      {!served && (
        <div class="millrace-outbox-why">
          <p>{WORDS.unserved}</p>
          <p class="millrace-quiet">{WORDS.unservedHint}</p>
        </div>
      )}
      <DepthCurve course={row.course} look={look} />
      <Facts row={row} now={now} />
      {dropped.length > 0 && (
        <div class="millrace-outbox-dropped">
          <h4>{WORDS.dropped}</h4>
          <ul title={WORDS.droppedHint}>
            {dropped.map(({ reason, messages }) => (
              <li key={reason}>{dropWords(reason, messages)}</li>
            ))}
          </ul>
        </div>
      )}
      {dead > 0 && <DeadLetters row={row} now={now} outbox={outbox} />}
      <Streams destination={id} outbox={outbox} />
      {served && <Actions row={row} outbox={outbox} />}
    </section>
  );
}
