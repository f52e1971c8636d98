import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Database } from './database.ts';

const HEADER = 32;
const FRAME = 24;

/** The log's first number says in which byte order its checksums are made. */
const MAGIC = { little: 0x377f0682, big: 0x377f0683 } as const;

interface Log {
  readonly bytes: Buffer;
  readonly pageSize: number;
  readonly little: boolean;
  /** Frames of the log's present round. */
  readonly frames: number;
}

/**
 * SQLite reads its write-ahead log up to the first frame whose checksum is wrong and silently forgets the rest, as a power
 * cut in the middle of a write leaves it. But where whole transactions follow, they had been flushed, and the frame was
 * damaged since: then the frames are sealed anew, and the rows in the damaged one are found by their own checksums.
 *
 * @param lock opens the file so that no other process can; what it answers is closed again
 * @see https://sqlite.org/fileformat2.html#the_write_ahead_log
 */
export function mendLog(file: string, lock: () => Database): boolean {
  const log = `${file}-wal`;
  const sealed = `${log}-sealed`;
  // A kill came before the log was replaced; while the old one is there, the new one may be half of one.
  if (existsSync(sealed) && !existsSync(log)) renameSync(sealed, log);
  if (!damagedLog(log)) return false;
  // Somebody else may have been writing it.
  const locked = lock();
  try {
    const damaged = damagedLog(log);
    if (!damaged) return false;
    const bytes = seal(damaged);
    const descriptor = openSync(sealed, 'w');
    try {
      if (writeSync(descriptor, bytes) < bytes.length) throw new Error('short write');
      fsyncSync(descriptor);
    } catch (error) {
      rmSync(sealed, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
  } finally {
    // Brings what it could read into the file, and removes the log; the same pages come once more with the sealed one.
    locked.close();
  }
  renameSync(sealed, log);
  return true;
}

function damagedLog(path: string): Log | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  if (bytes.length < HEADER + FRAME) return undefined;
  const magic = bytes.readUInt32BE(0);
  const pageSize = bytes.readUInt32BE(8);
  if (magic !== MAGIC.little && magic !== MAGIC.big) return undefined;
  if (pageSize < 512 || pageSize > 65_536 || !Number.isInteger(Math.log2(pageSize))) return undefined;
  const log: Log = { bytes, pageSize, little: magic === MAGIC.little, frames: lastOwnFrame(bytes, pageSize) };
  const bad = firstBad(log);
  if (bad === undefined) return undefined;
  // Of a write that was cut short nothing follows its end.
  for (let frame = bad; frame < log.frames - 1; frame += 1) {
    if (bytes.readUInt32BE(offset(log, frame) + 4) !== 0) return log;
  }
  return undefined;
}

const offset = ({ pageSize }: Pick<Log, 'pageSize'>, frame: number) => HEADER + frame * (FRAME + pageSize);

/** Frames of an earlier round carry other salts. A frame whose salts are damaged lies between others. */
function lastOwnFrame(bytes: Buffer, pageSize: number): number {
  let frames = 0;
  for (let frame = 0; offset({ pageSize }, frame + 1) <= bytes.length; frame += 1) {
    const at = offset({ pageSize }, frame);
    if (bytes.compare(bytes, 16, 24, at + 8, at + 16) === 0) frames = frame + 1;
  }
  return frames;
}

function firstBad(log: Log): number | undefined {
  let sum = headerSum(log);
  for (let frame = 0; frame < log.frames; frame += 1) {
    const at = offset(log, frame);
    sum = frameSum(log, frame, sum);
    const [first, second] = [log.bytes.readUInt32BE(at + 16), log.bytes.readUInt32BE(at + 20)];
    if (sum[0] !== first || sum[1] !== second || log.bytes.compare(log.bytes, 16, 24, at + 8, at + 16) !== 0)
      return frame;
  }
  return undefined;
}

/** The log with right checksums, as far as its own frames go. */
function seal(log: Log): Buffer {
  const bytes = Buffer.from(log.bytes.subarray(0, offset(log, log.frames)));
  const sealed = { ...log, bytes };
  let sum = headerSum(sealed);
  bytes.writeUInt32BE(sum[0], 24);
  bytes.writeUInt32BE(sum[1], 28);
  for (let frame = 0; frame < log.frames; frame += 1) {
    const at = offset(log, frame);
    bytes.copy(bytes, at + 8, 16, 24);
    sum = frameSum(sealed, frame, sum);
    bytes.writeUInt32BE(sum[0], at + 16);
    bytes.writeUInt32BE(sum[1], at + 20);
  }
  return bytes;
}

type Sum = readonly [number, number];

const headerSum = (log: Log): Sum => checksum(log, 0, 24, [0, 0]);

function frameSum(log: Log, frame: number, before: Sum): Sum {
  const at = offset(log, frame);
  return checksum(log, at + FRAME, at + FRAME + log.pageSize, checksum(log, at, at + 8, before));
}

function checksum({ bytes, little }: Log, from: number, to: number, before: Sum): Sum {
  let [first, second] = before;
  for (let at = from; at < to; at += 8) {
    first = (first + (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) + second) >>> 0;
    second = (second + (little ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)) + first) >>> 0;
  }
  return [first, second];
}
