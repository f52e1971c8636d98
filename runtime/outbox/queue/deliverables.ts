import { gapText } from './wire.ts';
import type { Outgoing } from '../senders/index.ts';
import type { Place } from './record.ts';

/** What one place of the queue sends: its message, a gap before it, or nothing where its record is damaged. */
export interface Deliverable {
  readonly id: number;
  readonly bytes: number;
  readonly time: number | undefined;
  readonly messages: readonly Outgoing[];
}

/**
 * Turns places of the queue into what goes out, in order. Numbers that this destination will never see, because their
 * records are damaged or went to another destination, go out as gaps: a receiver can prove that it has everything.
 *
 * @param last         stream → the last sequence that was handed out; kept up to date here
 * @param acknowledged the last sequence that was acknowledged, for a stream of which nothing was handed out yet
 */
export function toDeliverables(
  gateway: string,
  places: readonly Place[],
  last: Map<string, number>,
  acknowledged: (stream: string) => number | undefined,
): Deliverable[] {
  return places.map(({ id, bytes, record }) => {
    if (!record) return { id, bytes, time: undefined, messages: [] };
    const { stream, sequence, previous, time, body } = record;
    const messages: Outgoing[] = [];
    const gap = (first: number, end: number, reason: string) => {
      if (first > end) return;
      messages.push({ stream, sequence: end, time, body: gapText(gateway, stream, { first, last: end, reason }) });
    };
    const reached = last.get(stream) ?? acknowledged(stream) ?? previous;
    gap(reached + 1, previous, 'damaged on disk');
    if (previous > 0) gap(Math.max(previous, reached) + 1, sequence - 1, 'not sent to this destination');
    messages.push({ stream, sequence, time, body });
    last.set(stream, sequence);
    return { id, bytes, time, messages };
  });
}
