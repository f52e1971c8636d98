import type { Clock } from '../../base/index.ts';
import { openStore } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import { type Lane, LANES } from '../schema.ts';
import { createAcknowledgements } from './acknowledgements.ts';
import { createAgeClock } from './age-clock.ts';
import { createDeadLetters } from './dead-letters.ts';
import type { DurableStore } from './durable-store.ts';
import { createIntake } from './intake.ts';
import { createLaneReader } from './lane-reader.ts';
import { loadState } from './load-state.ts';
import { keepsLane } from './streams.ts';
import { sqliteStore } from './sqlite-store.ts';
import { APPLICATION, migrations, PAGE_BYTES, SALVAGED } from './tables.ts';
import type { Dropped, Item, Queue, Quota } from './types.ts';
import { createWriter } from './writer.ts';

export interface QueueOptions {
  /** Absolute path; made if it is missing. */
  readonly file: string;
  readonly gateway: string;
  readonly clock: Clock;
  /** What the file, its log and its reserve may take, bytes. */
  readonly quota: number;
  /** How long a message may wait for others of its chunk, ms. Default: 10. */
  readonly lingerMs?: number;
  /** The most messages of one chunk. Default: 1,000. */
  readonly chunkMessages?: number;
}

/** Laid aside for acknowledgements on a full disk, bytes: as much as the log may hold. */
const RESERVE = 1024 * 1024;
const LOG_BYTES = 1024 * 1024;

/**
 * Opens the queue, making its file if it is missing.
 *
 * @throws STORE_LOCKED, STORE_UNWRITABLE, STORE_TOO_NEW, STORE_FOREIGN, STORE_FULL
 */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const { file, quota } = options;
  const small = Math.floor(quota / 8);
  const store = await openStore({
    file,
    application: APPLICATION,
    migrations,
    salvage: SALVAGED,
    thread: 'outbox',
    quota,
    reserve: Math.min(RESERVE, small),
    logBytes: Math.min(LOG_BYTES, small),
    pageSize: PAGE_BYTES,
  });
  const durable = sqliteStore(store);
  try {
    return await openOn(durable, options);
  } catch (error) {
    await durable.close();
    throw error;
  }
}

async function openOn(store: DurableStore, options: QueueOptions): Promise<Queue> {
  const { gateway, clock, quota, lingerMs = 10, chunkMessages = 1_000 } = options;
  const state = await clock.hold(loadState(store, clock));
  const { lanes, streams, destinations } = state;
  const age = createAgeClock(clock, state.last);
  const now = () => ({ age: age(), wall: Math.floor(clock.now()) });
  const listeners = new Set<(dropped: Dropped) => void>();
  const quotas = new Map<string, Quota>();

  const acknowledgements = createAcknowledgements(now);
  const intake = createIntake({ clock, lingerMs, chunkMessages, ready: () => writer.start() });
  const writer = createWriter({ store, clock, streams, intake, acknowledgements, now });
  const letters = await createDeadLetters({ store, clock, acknowledgements, writer });

  const tell = (lane: { destination: string; lane: Lane }, { stream, gap, messages, bytes }: Item) => {
    if (!gap) return;
    const { destination, lane: name } = lane;
    for (const listener of listeners) listener({ destination, lane: name, stream, gap, messages, bytes });
  };

  return {
    warning: store.warning,
    get backlogs() {
      return [...lanes.all()].map((lane) => lane.backlog());
    },
    backlog: (destination) =>
      LANES.flatMap((lane) => {
        const held = lanes.find(destination, lane);
        return held ? [held.backlog()] : [];
      }),
    append: ({ destination, stream, lane, open, ttl, whole = false }) =>
      new Promise((resolve, reject) => {
        const of = streams.of(destination, stream);
        const to = keepsLane(of) && of.lane ? of.lane : lanes.of(destination, lane);
        of.lane = to;
        // With the key that it gets.
        const bytes = Buffer.byteLength(open) + (whole ? 0 : gateway.length + stream.length + KEY_BYTES);
        intake.add(to, {
          stream: of,
          text: open,
          bytes,
          ttl,
          whole,
          resolve: (sequence, time) => resolve({ key: { gateway, stream, sequence }, bytes, time, lane: to.lane }),
          reject,
        });
      }),
    reader(destination, lane) {
      const of = lanes.of(destination, lane);
      return createLaneReader({
        state: of,
        store,
        streams,
        gateway,
        age,
        found: (item) => tell(of, item),
        lost: letters.lost,
      });
    },
    async acknowledge(destination, lane, { before, reached, gaps, letters: sent, refused }) {
      const of = lanes.of(destination, lane);
      letters.admit(refused.length);
      const { pending } = acknowledgements;
      pending.messages += of.moveTo(before);
      pending.lanes.add(of);
      for (const [stream, sequence] of reached) {
        const held = streams.find(destination, stream);
        if (!held || sequence <= held.acknowledged) continue;
        held.acknowledged = sequence;
        pending.streams.add(held);
      }
      state.gaps.told(destination, gaps, pending.gaps);
      const waits = letters.change(destination, sent, refused, now().wall);
      writer.acknowledged(waits !== undefined);
      await waits;
    },
    setQuota: (destination, of) => void quotas.set(destination, of),
    expire: () => Promise.resolve(),
    onDropped(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    paused: (destination) => destinations.paused(destination),
    async setPaused(destination, paused) {
      const { id, note } = destinations.set(destination, paused);
      acknowledgements.pending.notes.set(id, note);
      writer.acknowledged(true);
      await writer.flush();
    },
    deadLetters: letters.list,
    deadCount: letters.count,
    retryDead: () => Promise.resolve(0),
    removeDead: () => Promise.resolve(0),
    ledger: () => state.ledger(letters),
    async usage() {
      const { bytes } = await store.size();
      return { bytes, quota };
    },
    flush: () => writer.flush(),
    async close() {
      await writer.close();
      acknowledgements.giveUp(errors.OUTBOX_CLOSED({ stream: '' }));
      await store.close();
    },
  };
}

/** Of the key's own JSON: `,"key":{"gateway":"","stream":"","sequence":1234567}}`. */
const KEY_BYTES = 50;
