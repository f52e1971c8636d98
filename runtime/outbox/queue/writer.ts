import { type Clock, MillraceError, type Timer } from '../../base/index.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { DurableStore } from './durable-store.ts';
import type { createExpiry } from './expiry.ts';
import type { Closed, createIntake } from './intake.ts';
import type { LaneState } from './lane-state.ts';
import { type NoteIds, numberChunks } from './numbering.ts';
import type { Streams } from './streams.ts';

interface WriterOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly streams: Streams;
  readonly intake: ReturnType<typeof createIntake>;
  readonly acknowledgements: Acknowledgements;
  readonly ids: NoteIds;
  readonly now: () => { age: number; wall: number };
  readonly expiry: Pick<Awaited<ReturnType<typeof createExpiry>>, 'written'>;
  /** The store is full: whether the oldest of the destination make room, and that they do. */
  readonly makesRoom: (lane: LaneState) => boolean;
  readonly makeRoom: (lane: LaneState) => Promise<boolean>;
  /** A round is over. */
  readonly written: () => void;
}

/** Bodies of one commit, bytes: it bounds the log. */
const ROUND_BYTES = 1024 * 1024;

/** An acknowledgement is written with the next chunk, or so much later, or when so many wait: ms and messages. */
const LATEST = 1_000;
const UNWRITTEN = 100;

/**
 * Brings chunks and acknowledgements to the disk, round by round, one flush a round. The two are writes apart: on a full
 * disk the acknowledgements go through and make room.
 */
export function createWriter({
  store,
  clock,
  streams,
  intake,
  acknowledgements,
  ids,
  now,
  expiry,
  makesRoom,
  makeRoom,
  written: onWritten,
}: WriterOptions) {
  let running: Promise<void> | undefined;
  let timer: Timer | undefined;
  let urgent = false;
  let thoroughly = false;
  let failed = false;
  let closing = false;
  /** Room is being made: only acknowledgements and drops are written. */
  let blocked: Promise<void> | undefined;
  const retried = new WeakSet<Closed>();

  const round = async () => {
    const chunks = blocked ? [] : await intake.take(ROUND_BYTES);
    const numbered = chunks.length > 0 ? numberChunks(chunks, streams, ids, now()) : undefined;
    const batch = acknowledgements.any ? acknowledgements.take(thoroughly) : undefined;
    urgent = thoroughly = false;
    const [acknowledged, written] = await clock.hold(
      Promise.allSettled([batch && store.write(batch.changes, true), numbered && store.write(numbered.changes, false)]),
    );
    if (batch) {
      failed = acknowledged.status === 'rejected';
      if (failed) batch.failed();
      else batch.done();
    }
    if (!numbered) return;
    if (written.status === 'fulfilled') {
      numbered.keep();
      expiry.written(numbered.changes.chunks ?? []);
      for (const { settled } of chunks) settled();
    } else refuse(chunks, written.reason);
  };

  /** Where a destination drops its oldest to make room, its chunks wait for that and get one more chance. */
  const refuse = (chunks: readonly Closed[], reason: unknown) => {
    const full = reason instanceof MillraceError && reason.code === 'STORE_FULL';
    const again = chunks.filter((chunk) => full && !retried.has(chunk) && makesRoom(chunk.lane));
    for (const chunk of chunks) {
      if (again.includes(chunk)) retried.add(chunk);
      else chunk.settled(reason);
    }
    if (again.length === 0) return;
    intake.putBack(again);
    const making = Promise.allSettled([...new Set(again.map(({ lane }) => lane))].map(makeRoom));
    blocked = making.then(() => {
      blocked = undefined;
      start();
    });
  };

  const run = async () => {
    await Promise.resolve();
    while ((intake.closed > 0 && !blocked) || (urgent && !failed)) {
      await round();
      onWritten();
    }
    running = undefined;
    if (acknowledgements.any && !closing) later();
  };

  const start = () => void (running ??= run());

  const later = () => {
    timer ??= clock.after(LATEST, () => {
      timer = undefined;
      failed = false;
      urgent = thoroughly = true;
      start();
    });
  };

  return {
    /** Chunks are ready. */
    start,
    /** Acknowledgements came. */
    acknowledged(atOnce: boolean): void {
      if (atOnce || acknowledgements.pending.messages >= UNWRITTEN) {
        urgent = true;
        start();
      } else later();
    },
    /** Resolves when everything that waited is on disk, or could not be written. */
    async flush(): Promise<void> {
      intake.closeAll();
      failed = false;
      if (acknowledgements.any) urgent = thoroughly = true;
      start();
      while (running ?? blocked) await (running ?? blocked);
    },
    async close(): Promise<void> {
      closing = true;
      timer?.cancel();
      await this.flush();
      timer?.cancel();
    },
  };
}
