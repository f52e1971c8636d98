import { counter, gauge, onScrape } from '../base/index.ts';
import type { DestinationState } from './contract.ts';
import type { Usage } from './queue/types.ts';

const depth = gauge('millrace_outbox_depth', 'Messages on disk that the destination has not acknowledged');
const bytes = gauge('millrace_outbox_bytes', 'Their size as JSON, bytes');
const oldest = gauge('millrace_outbox_oldest_seconds', 'Age of the oldest message that waits; 0 if none does');
const dead = gauge('millrace_outbox_dead_letters', 'Messages kept because the destination refused them');
const connected = gauge('millrace_outbox_connected', '1 while there is a connection to the destination');
const paused = gauge('millrace_outbox_paused', '1 while somebody has paused the destination');
const failures = gauge('millrace_outbox_failures', 'Attempts to send that failed one after the other');
const acknowledged = gauge(
  'millrace_outbox_last_acknowledgement_seconds',
  'When the destination last acknowledged something, seconds since the epoch; not there before the first time',
);
const PER_DESTINATION = [depth, bytes, oldest, dead, connected, paused, failures, acknowledged];

const sent = counter('millrace_outbox_sent_total', 'Messages that the destination has acknowledged');
const storeBytes = gauge('millrace_outbox_store_bytes', 'What the outbox takes on disk, its log and reserve included');
const storeQuota = gauge('millrace_outbox_store_quota_bytes', 'What it may take');

/**
 * The outbox at `/metrics`: read from the states whenever somebody looks, so that a fast stream pays nothing for it. What was
 * dropped the queue itself counts.
 */
export function meterOutbox(states: () => readonly DestinationState[]) {
  /** How much of what was sent is counted already. */
  const counted = new Map<string, number>();

  const read = (state: DestinationState) => {
    const destination = { destination: state.id };
    depth.set(state.depth, destination);
    bytes.set(state.bytes, destination);
    oldest.set(state.oldestMs / 1000, destination);
    dead.set(state.dead, destination);
    connected.set(Number(state.connected), destination);
    paused.set(Number(state.paused), destination);
    failures.set(state.failures, destination);
    if (state.acknowledgedAt !== undefined) acknowledged.set(state.acknowledgedAt / 1000, destination);
    sent.add(state.sent - (counted.get(state.id) ?? 0), destination);
    counted.set(state.id, state.sent);
  };
  const end = onScrape(() => states().forEach(read));
  const forget = (id: string) => {
    for (const each of PER_DESTINATION) each.remove({ destination: id });
    counted.delete(id);
  };

  return {
    store({ bytes: used, quota }: Usage): void {
      storeBytes.set(used);
      storeQuota.set(quota);
    },
    /** The destination is gone: what it has sent stays counted, the rest is no more. */
    drop(state: DestinationState): void {
      read(state);
      forget(state.id);
    },
    close(): void {
      end();
      for (const state of states()) {
        read(state);
        forget(state.id);
      }
      storeBytes.remove();
      storeQuota.remove();
    },
  };
}
