import { systemClock } from '../base/index.ts';
import { passingProtector } from '../keys/index.ts';
import type { UploadKey } from '../messages/index.ts';
import { createAdmission } from './admission.ts';
import { checkTarget } from './check-target.ts';
import type { Destination, DestinationState, Outbox, TargetSettings } from './contract.ts';
import { errors } from './errors.ts';
import { withKey } from './queue/wire.ts';
import { BUILT_IN_ID, TABLE_TYPES, type Target } from './schema.ts';
import { addressOf } from './senders/index.ts';
import { INITIAL } from './tracker.ts';

export interface MemoryOutboxOptions {
  readonly gateway: string;
  /** Told of each message in its wire form, in the order of `put`. */
  readonly taken: (destination: string, message: Readonly<Record<string, unknown>>) => void;
}

interface Entry {
  served: number;
  sent: number;
  readonly listeners: Set<(state: DestinationState) => void>;
}

/**
 * An outbox whose destinations acknowledge at once: for trying a flow out. No file, no socket; what a real one refuses it
 * refuses too.
 */
export function openMemoryOutbox({ gateway, taken }: MemoryOutboxOptions): Outbox {
  const admission = createAdmission();
  const entries = new Map<string, Entry>();
  const sequences = new Map<string, number>();
  const targets = new Map<string, Target>();
  const protector = passingProtector(systemClock);
  let closed = false;

  const entryOf = (id: string): Entry => {
    const entry = entries.get(id) ?? { served: 0, sent: 0, listeners: new Set() };
    entries.set(id, entry);
    return entry;
  };
  const stateOf = (id: string): DestinationState => {
    const { served, sent } = entryOf(id);
    return { ...INITIAL, id, served: served > 0, connected: served > 0, sent };
  };
  const tell = (id: string) => {
    for (const listener of entryOf(id).listeners) listener(stateOf(id));
  };

  // As the contract has it, everything that is wrong with a message rejects.
  const put: Outbox['put'] = async (id, stream, message) => {
    if (closed) throw errors.OUTBOX_CLOSED({ stream });
    const { protect = [], type } = targets.get(id) ?? {};
    const protection = protect.length > 0 ? await protector.protection(protect) : undefined;
    const keepsKeys = type !== undefined && TABLE_TYPES.includes(type);
    const { open, whole } = admission.open(stream, message, protection, keepsKeys);
    const sequence = (sequences.get(stream) ?? 0) + 1;
    sequences.set(stream, sequence);
    const key: UploadKey = { gateway, stream, sequence };
    taken(id, JSON.parse(whole ? open : withKey(open, key)) as Record<string, unknown>);
    entryOf(id).sent++;
    tell(id);
    return key;
  };

  const destination = (id: string, settings: TargetSettings): Destination => {
    const target = checkTarget(settings);
    const address = addressOf(target);
    targets.set(id, target);
    entryOf(id).served++;
    let open = true;
    return {
      id,
      address,
      keepsKeys: TABLE_TYPES.includes(settings.type),
      start: () => undefined,
      put: (stream, message) => put(id, stream, message),
      state: () => stateOf(id),
      onState(listener) {
        entryOf(id).listeners.add(listener);
        listener(stateOf(id));
        return () => void entryOf(id).listeners.delete(listener);
      },
      close() {
        if (open) entryOf(id).served--;
        open = false;
        return Promise.resolve();
      },
    };
  };

  return {
    destination,
    standard: () => destination(BUILT_IN_ID, { type: 'built-in' }),
    put,
    destinations: () => [...entries.keys()].map(stateOf),
    // Nothing waits here, and nothing is refused.
    setPaused: () => Promise.resolve(),
    deadLetters: () => Promise.resolve([]),
    retryDead: () => Promise.resolve(0),
    removeDead: () => Promise.resolve(0),
    ledger: () => Promise.resolve({ format: 1, gateway, time: 0, streams: [] }),
    rows: () => [],
    usage: () => Promise.resolve({ bytes: 0, quota: 0 }),
    onWarning: () => () => undefined,
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}
