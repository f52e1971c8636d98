/** Writes one recording: lines gathered in memory, written in batches, in files of bounded size. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, MillraceError, type Timer } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { FORMAT, type Header } from '../jsonl/header.ts';
import { freeBytes, waitingBytes } from '../limits.ts';
import { partFile } from '../parts.ts';
import type { Recorder, RecorderState, RecordOptions } from '../types.ts';
import { leftOut, stringify } from '../written/stringify.ts';
import { checkFreeSpace } from './free-space.ts';
import { openPart, type PartWriter } from './part-writer.ts';
import { removeOldest } from './tidy.ts';

/** ms: as long as a message may wait in memory. */
const FLUSH_EVERY = 250;
/** Bytes: a batch of this size does not wait. */
const BATCH = 64 * 1024;
/** Bytes: a file that is left as JSONL, where Millrace may choose. */
const SMALL = 1024 * 1024;
/** ms: as much as a power cut may cost. */
const SYNC_EVERY = 5000;

export interface RecorderOptions extends RecordOptions {
  /** Of this name. */
  readonly directory: string;
  readonly take: string;
  readonly clock: Clock;
  /** Let go of. */
  readonly closed: () => void;
}

/** A recorder with its first file open. `paths` are those that it writes, or still turns into Parquet. */
export type OpenRecorder = Recorder & { readonly paths: ReadonlySet<string> };

/** @throws RECORDING_DISK_FULL, RECORDING_DIRECTORY */
export async function createRecorder(options: RecorderOptions): Promise<OpenRecorder> {
  const { name, directory, take, clock, format, maxBytes, maxFiles, source, failed } = options;
  const started = clock.now();
  const origin = clock.monotonic();
  const state = { messages: 0, bytes: 0, files: 0, dropped: 0, leftOut: 0 };
  /** Messages in each finished file, for the day that it is removed. */
  const held = new Map<number, number>();
  const paths = new Set<string>();
  let part: PartWriter;
  /** The newest that was begun, also where it could not be opened: what stands in its way need not be met again. */
  let number = 0;
  let ofPart = 0;
  let inPart = 0;
  let waiting: string[] = [];
  let waitingSize = 0;
  let writing: Promise<void> = Promise.resolve();
  let tidying: Promise<void> = Promise.resolve();
  let tidied = false;
  let timer: Timer | undefined;
  let synced = origin;
  let failing: string | undefined;
  let closing: Promise<void> | undefined;

  const begin = async (): Promise<void> => {
    number++;
    const path = join(directory, partFile(take, number, 'jsonl'));
    const header: Header = {
      ...{ millrace: 'recording', format: FORMAT, name, started, part: number },
      ...(source !== undefined && { source }),
      ...(format !== 'jsonl' && { becomes: 'parquet' }),
    };
    const opened = await openPart(path).catch((cause: unknown) => {
      throw errors.RECORDING_DIRECTORY({ path, reason: reasonOf(cause) }, { cause });
    });
    try {
      await opened.append(`${JSON.stringify(header)}\n`);
    } catch (error) {
      await opened.close().catch(() => undefined);
      await rm(path, { force: true });
      throw error;
    }
    part = opened;
    ofPart = number;
    paths.add(path);
    inPart = 0;
    state.files++;
    state.bytes += part.bytes;
  };

  /** In the background, one file after the other: the next file is being written meanwhile. */
  const tidy = (finished: PartWriter | undefined) => {
    tidying = tidying.then(async () => {
      try {
        for (const old of await removeOldest(directory, maxFiles)) {
          if (old.take !== take) continue;
          state.dropped += held.get(old.part) ?? 0;
          state.files--;
        }
        if (finished && (format === 'parquet' || (format === 'auto' && finished.bytes > SMALL))) {
          const { convertToParquet } = await import('../tables.ts');
          const bytes = await convertToParquet(finished.path, finished.path.replace(/jsonl$/, 'parquet'));
          state.bytes += bytes - finished.bytes;
        }
      } catch (error) {
        // It can be read as it is, and is turned when this name is recorded next.
        if ((error as { code?: unknown }).code !== 'ENOENT') tell(error, 0);
      }
      if (finished) paths.delete(finished.path);
    });
  };

  const rotate = async (): Promise<void> => {
    const finished = part;
    const [last, messages] = [ofPart, inPart];
    // First the next: where it cannot be opened, this one goes on, and it is tried again.
    await begin();
    held.set(last, messages);
    await finished.close();
    tidy(finished);
  };

  const tell = (error: unknown, lost: number) => {
    const known =
      error instanceof MillraceError
        ? error
        : errors.RECORDING_WRITE_FAILED({ path: part.path, reason: reasonOf(error), lost }, { cause: error });
    // Once until writing works again: every batch would say the same.
    if (failing !== known.code) failed?.(known);
    failing = known.code;
  };

  const writeBatch = async (): Promise<void> => {
    const lines = waiting;
    const size = waitingSize;
    waiting = [];
    if (lines.length === 0) return;
    let next = 0;
    try {
      await checkFreeSpace(directory);
      while (next < lines.length) {
        let text = '';
        let to = next;
        let bytes = part.bytes;
        for (; to < lines.length; to++) {
          const line = lines[to] ?? '';
          bytes += Buffer.byteLength(line);
          // A line longer than a file has a file of its own.
          if (bytes > maxBytes && (inPart > 0 || to > next)) break;
          text += line;
        }
        const before = part.bytes;
        if (to > next) await part.append(text);
        state.bytes += part.bytes - before;
        state.messages += to - next;
        inPart += to - next;
        next = to;
        if (next < lines.length) await rotate();
      }
      // Only now, so that starts of a flow in which nothing comes cost no recording of before.
      if (!tidied) tidy(undefined);
      tidied = true;
      const now = clock.monotonic();
      if (now - synced >= SYNC_EVERY) {
        synced = now;
        await part.sync();
      }
      failing = undefined;
    } catch (error) {
      const lost = lines.length - next;
      state.dropped += lost;
      if ((error as { code?: unknown }).code === 'RECORDING_DISK_FULL') freeBytes.cost(lost);
      tell(error, lost);
    } finally {
      waitingSize -= size;
    }
  };

  const flush = (): Promise<void> => {
    timer?.cancel();
    timer = undefined;
    writing = writing.then(writeBatch);
    // Virtual time stands still until the disk has answered.
    return clock.hold(writing);
  };

  const close = async (): Promise<void> => {
    try {
      await flush();
      await part.close();
      if (state.messages > 0) tidy(part);
      // A recording in which nothing came is none.
      else await rm(part.path, { force: true });
      await tidying;
    } finally {
      options.closed();
    }
  };

  const directoryThere = checkFreeSpace(directory);
  await clock.hold(directoryThere.then(begin));

  return {
    name: `${name}@${take}`,
    paths,
    get state(): RecorderState {
      return { ...state, messages: state.messages + waiting.length, bytes: state.bytes + waitingSize };
    },
    write(message, at = microseconds(clock.monotonic() - origin)) {
      if (closing) return;
      const line = `{"at":${at},"message":${stringify(message)}}\n`;
      if (waitingSize + line.length > waitingBytes.value) {
        waitingBytes.cost();
        state.dropped++;
        throw errors.RECORDING_TOO_FAST({ name, waiting: waitingSize });
      }
      state.leftOut += leftOut(message);
      waiting.push(line);
      waitingSize += line.length;
      if (waitingSize >= BATCH && timer) void flush();
      else timer ??= clock.after(FLUSH_EVERY, () => void flush());
    },
    flush,
    close: () => (closing ??= clock.hold(close())),
  };
}

/** ms to the microsecond: finer than any clock of a flow. */
const microseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
