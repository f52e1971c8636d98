import { useState } from 'preact/hooks';
import type { GatewayEvent } from '../../../runtime/messages/index.ts';
import { EVENT_SIGNS, GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { timeWords } from '../../look/outbox-words.ts';

interface EventsProps {
  /** Oldest first. */
  readonly events: readonly GatewayEvent[];
  readonly now: number;
}

/** As many are shown until somebody wants more. */
const FEW = 3;

/** What happened on a gateway, the newest first. */
export function Events({ events, now }: EventsProps) {
  const [all, setAll] = useState(false);
  const newest = events.toSorted((a, b) => b.sequence - a.sequence);
  if (newest.length === 0) return null;
  return (
    <div class="millrace-events">
      <h4>{WORDS.events}</h4>
      <ol aria-label={WORDS.events}>
        {newest.slice(0, all ? undefined : FEW).map(({ sequence, kind, time, text, problem }) => (
          <li key={sequence} class={`millrace-event millrace-event-${kind}`}>
            <i class={`fa fa-${EVENT_SIGNS[kind]}`} aria-hidden="true" />
            <time>{timeWords(time, now)}</time>
            <span>
              {text}
              {problem && <small>{problem.hint}</small>}
            </span>
          </li>
        ))}
      </ol>
      {newest.length > FEW && (
        <button type="button" class="millrace-more" onClick={() => setAll(!all)}>
          {all ? WORDS.fewerEvents : WORDS.moreEvents(newest.length - FEW)}
        </button>
      )}
    </div>
  );
}
