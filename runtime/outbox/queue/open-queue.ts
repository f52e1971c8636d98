import { type Clock, counter } from '../../base/index.ts';
import { openStore, type Store } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import { chunkMessages, streams as streamLimit } from '../limits.ts';
import { LANES } from '../schema.ts';
import { createAcknowledgements } from './acknowledgements.ts';
import { createAgeClock } from './age-clock.ts';
import { createAllowance } from './allowance.ts';
import { convert } from './format-1/convert.ts';
import { createDeadLetters } from './dead-letters.ts';
import { createDrops } from './drops.ts';
import { createExpiry } from './expiry.ts';
import { createGaps } from './gaps.ts';
import { createIntake } from './intake.ts';
import { createLaneReader } from './lane-reader.ts';
import { writeLedger } from './ledger.ts';
import { loadState } from './load-state.ts';
import { DELETED } from './numbering.ts';
import { keepsLane } from './streams.ts';
import { sqliteStore } from './sqlite-store.ts';
import { APPLICATION, migrations, PAGE_BYTES, RESCUED, SALVAGED } from './tables.ts';
import type { Dropped, Queue } from './types.ts';
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
  /** The most messages of one chunk. Default: the limit outbox_chunk_messages. */
  readonly chunkMessages?: number;
  /** The thread of stores that its own shares. Default: one of the outbox. */
  readonly thread?: string;
}

/** Laid aside for acknowledgements on a full disk, bytes: as much as the log may hold. */
const RESERVE = 1024 * 1024;
const LOG_BYTES = 1024 * 1024;

/** How often the queue looks for what has expired, ms. */
const EXPIRY = 10_000;

/** Of the key's own JSON: `,"key":{"gateway":"","stream":"","sequence":1234567}}`. */
const KEY_BYTES = 50;

const droppedMessages = counter(
  'millrace_outbox_dropped_total',
  'Messages that were dropped by a policy or lost to damage; the receiver is told of each as a gap',
);

/**
 * Opens the queue, making its file if it is missing.
 *
 * @throws STORE_LOCKED, STORE_UNWRITABLE, STORE_TOO_NEW, STORE_FOREIGN, STORE_FULL
 */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const { file, quota, clock, thread = 'outbox' } = options;
  const small = Math.floor(quota / 8);
  const [reserve, logBytes] = [Math.min(RESERVE, small), Math.min(LOG_BYTES, small)];
  const bounds = { quota, reserve, logBytes, pageSize: PAGE_BYTES };
  const form = { application: APPLICATION, migrations, salvage: SALVAGED, rescue: RESCUED };
  const store = await clock.hold(openStore({ file, thread, ...form, ...bounds }));
  try {
    return await clock.hold(openOn(store, options, quota - reserve - logBytes));
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** @param most of the database alone, bytes */
async function openOn(file: Store, options: QueueOptions, most: number): Promise<Queue> {
  const { gateway, clock, quota, lingerMs = 10 } = options;
  const store = sqliteStore(file);
  const state = await loadState(store, clock);
  const { lanes, streams, destinations, ids } = state;
  const age = createAgeClock(clock, state.last);
  const now = () => ({ age: age(), wall: Math.floor(clock.now()) });
  await convert({ store: file, state, now: now() });
  const gaps = await createGaps(store);
  const expiry = await createExpiry(store, age);

  const listeners = new Set<(dropped: Dropped) => void>();
  const tell = (dropped: Dropped) => {
    const { destination, gap, messages } = dropped;
    droppedMessages.add(messages, { destination, reason: gap.reason });
    for (const listener of listeners) listener(dropped);
  };

  const acknowledgements = createAcknowledgements(now);
  const atMost = options.chunkMessages ?? chunkMessages.value;
  const intake = createIntake({ clock, lingerMs, chunkMessages: atMost, ready: () => writer.start() });
  const urgent = () => writer.acknowledged(true);
  const drops = createDrops({ store, acknowledgements, lanes, age, urgent, tell });
  const allowance = createAllowance({ store, clock, most, lanes, drops });
  const writer = createWriter({
    ...{ store, clock, streams, intake, acknowledgements, ids, now, expiry },
    ...{ makesRoom: allowance.makesRoom, makeRoom: allowance.makeRoom },
    written: () => void allowance.measure().catch(() => undefined),
  });
  const letters = await createDeadLetters({
    ...{ store, acknowledgements, intake, urgent },
    bulkOf: (destination) => lanes.of(destination, 'bulk'),
    flush: () => writer.flush(),
  });
  await allowance.measure();

  /** A failure is met again by whatever is written next. */
  const inBackground = (work: Promise<unknown>) => void work.catch(() => undefined);
  const expire = () => clock.hold(drops.expire().then(expiry.passed));
  const expiring = clock.every(EXPIRY, () => expiry.due && inBackground(expire()));
  let closed: Promise<void> | undefined;

  const forgetGaps = async () => {
    const forgotten = await gaps.forget();
    if (!forgotten) return;
    for (const { destination, stream, last } of forgotten.from) {
      const held = streams.find(destination, stream);
      if (!held) continue;
      held.from = Math.max(held.from, last + 1);
      acknowledgements.pending.streams.add(held);
    }
    acknowledgements.pending.gapsRemoved = forgotten.upTo;
    writer.acknowledged(false);
  };

  const settled = () =>
    new Promise<void>((resolve, reject) => {
      acknowledgements.pending.waiters.push({ resolve, reject });
      urgent();
    });

  const close = async () => {
    expiring.cancel();
    await writer.close();
    acknowledgements.giveUp(errors.OUTBOX_CLOSED({ stream: '' }));
    await file.close();
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
        if (streams.count >= streamLimit.value && !streams.find(destination, stream)) {
          streamLimit.cost();
          return reject(errors.STREAMS_FULL({ stream, limit: streamLimit.value }));
        }
        const of = streams.of(destination, stream);
        // With the key that it gets.
        const bytes = Buffer.byteLength(open) + (whole ? 0 : gateway.length + stream.length + KEY_BYTES);
        const enter = () => {
          const to = keepsLane(of) && of.lane ? of.lane : lanes.of(destination, lane);
          of.lane = to;
          intake.add(to, {
            ...{ stream: of, text: open, bytes, ttl, whole, reject },
            resolve: (sequence, time) => resolve({ key: { gateway, stream, sequence }, bytes, time, lane: to.lane }),
          });
        };
        allowance.admit(lanes.of(destination, lane), bytes, enter, reject);
      }),
    reader(destination, lane) {
      const of = lanes.of(destination, lane);
      const reader = createLaneReader({
        ...{ state: of, store, streams, gateway, age },
        found(item) {
          const { stream, gap, messages, bytes } = item;
          if (gap && of.isNew(item)) tell({ destination, lane, stream, gap, messages, bytes });
        },
        lost: (ids) => inBackground(letters.lost(destination, ids)),
      });
      return { next: () => clock.hold(reader.next()) };
    },
    async acknowledge(destination, lane, { before, reached, gaps: told, letters: sent, refused }) {
      const of = lanes.of(destination, lane);
      const newly = refused.filter(({ item }) => item.letter === undefined);
      letters.admit(newly.length);
      allowance.admitLetters(newly.reduce((sum, { item }) => sum + item.bytes, 0));
      const { pending } = acknowledgements;
      pending.messages += of.moveTo(before);
      pending.lanes.add(of);
      for (const [stream, sequence] of reached) {
        const held = streams.find(destination, stream);
        if (!held || sequence <= held.acknowledged) continue;
        held.acknowledged = Math.min(sequence, held.last);
        pending.streams.add(held);
      }
      gaps.told(destination, told, pending.gaps);
      inBackground(forgetGaps());
      const waits = letters.change(destination, sent, refused, now().wall);
      writer.acknowledged(waits !== undefined);
      await waits;
    },
    settled,
    setQuota: allowance.setQuota,
    expire,
    onDropped(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    paused: destinations.paused,
    async setPaused(destination, paused) {
      const { id, note } = destinations.set(destination, paused);
      acknowledgements.pending.notes.set(id, note);
      await settled();
    },
    deadLetters: letters.list,
    deadCount: letters.count,
    retryDead: letters.retry,
    removeDead: (destination, wanted) =>
      letters.remove(destination, wanted, ({ stream, sequence }, { lane }) => {
        const gap = { first: sequence, last: sequence, reason: DELETED };
        tell({ destination, lane, stream, gap, messages: 1, bytes: 0 });
      }),
    async ledger() {
      await writer.flush();
      return writeLedger(store, streams, lanes, await gaps.all(), await letters.sequences());
    },
    async usage() {
      const { bytes } = await store.size();
      return { bytes, quota };
    },
    flush: () => writer.flush(),
    close: () => (closed ??= close()),
  };
}
