/**
 * The form of a chunk. Its head, the directory, says what is in it and can be read alone; its body holds the messages, one a
 * line, and before them a line of what they do not have in common.
 */
import { promisify } from 'node:util';
import { constants, crc32, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Lane } from '../schema.ts';
import type { ChunkRow, HeadRow } from './durable-store.ts';

/** Messages of a stream whose numbers follow one another; `previous` is the number that the destination got before. */
export interface Run {
  readonly stream: string;
  readonly first: number;
  readonly last: number;
  /** 0: the stream begins here; -1: the messages stand outside their stream's order, as those that are sent again do. */
  readonly previous: number;
}

/** Messages and their bytes of JSON. */
export interface Load {
  readonly messages: number;
  readonly bytes: number;
}

export interface Head {
  readonly destination: string;
  readonly lane: Lane;
  readonly runs: readonly Run[];
  readonly load: Load;
  /** What the lane had taken before this chunk, since it began: what is missing before it shows. */
  readonly before: Load;
  /** When it was closed: ms since the epoch, and by the age clock. */
  readonly time: number;
  readonly age: number;
  /** Of the body. */
  readonly crc: number;
  readonly compressed: boolean;
  /** Of a chunk whose messages were dropped: why. */
  readonly reason?: string;
  /** Of dropped chunks that were put together: what the lane had taken at the end of the last. */
  readonly end?: Load;
  /** The dead letters that it sends again, one a message. */
  readonly letters?: readonly number[];
}

/** What the messages of a body do not have in common. */
export interface Details {
  /** The run of each message, where there are several. */
  readonly runs?: readonly number[];
  /** How long each may wait, ms, 0 for ever; one number: all the same. */
  readonly ttl?: number | readonly number[];
  /** Which of them keep the key that they have. */
  readonly whole?: readonly number[] | true;
}

export interface Body extends Details {
  readonly texts: readonly string[];
}

/** Level 1 packs records of sensors as small as level 3 does, in half the time. */
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Smaller ones do not become smaller. */
const WORTH = 160;

/** Larger ones are compressed in another thread. */
const LARGE = 16 * 1024;

const compressAside = promisify(zstdCompress);

/** The bytes of a body, compressed where that pays. */
export async function packBody(texts: readonly string[], details: Details) {
  const plain = Buffer.from(`${JSON.stringify(details)}\n${texts.join('\n')}`);
  const packed = await compress(plain);
  const compressed = packed.length < plain.length;
  const body: Uint8Array = compressed ? packed : plain;
  return { body, compressed, crc: crc32(body) };
}

async function compress(plain: Buffer): Promise<Uint8Array> {
  if (plain.length < WORTH) return plain;
  return plain.length < LARGE ? zstdCompressSync(plain, LEVEL) : compressAside(plain, LEVEL);
}

/** What a body holds; `undefined` if it is not what the head speaks of. */
export function unpackBody(body: Uint8Array | null, head: Head): Body | undefined {
  if (!body || crc32(body) !== head.crc) return undefined;
  const plain = Buffer.from(head.compressed ? zstdDecompressSync(body) : body).toString();
  const [first = '{}', ...texts] = plain.split('\n');
  return { ...(JSON.parse(first) as Details), texts };
}

/** Directories of many streams are compressed: JSON begins with a brace, zstd with another byte. */
const LARGE_HEAD = 1024;

export function packHead(place: Pick<ChunkRow, 'lane' | 'chunk' | 'expires'>, head: Head): Omit<ChunkRow, 'body'> {
  const { destination, lane, runs, load, before, time, age, crc, compressed, reason, end, letters } = head;
  const plain = Buffer.from(
    JSON.stringify({
      d: destination,
      l: lane,
      r: runs.map((run) => [run.stream, run.first, run.last, run.previous]),
      n: [load.messages, load.bytes],
      p: [before.messages, before.bytes],
      t: [time, age],
      c: [crc, compressed ? 1 : 0],
      z: reason,
      e: end && [end.messages, end.bytes],
      g: letters,
    }),
  );
  const bytes = plain.length < LARGE_HEAD ? plain : zstdCompressSync(plain, LEVEL);
  return { ...place, head: bytes, crc: headChecksum(place, bytes) };
}

const headChecksum = ({ lane, chunk, expires }: Pick<ChunkRow, 'lane' | 'chunk' | 'expires'>, head: Uint8Array) =>
  crc32(head, crc32([lane, chunk, expires ?? ''].join('\n')));

interface PlainHead {
  readonly d: string;
  readonly l: Lane;
  readonly r: readonly (readonly [string, number, number, number])[];
  readonly n: readonly [number, number];
  readonly p: readonly [number, number];
  readonly t: readonly [number, number];
  readonly c: readonly [number, number];
  readonly z?: string;
  readonly e?: readonly [number, number];
  readonly g?: readonly number[];
}

/** What a head says; `undefined` if its checksum is wrong. */
export function unpackHead(row: Omit<HeadRow, 'bytes'>): Head | undefined {
  if (headChecksum(row, row.head) !== row.crc) return undefined;
  const plain = row.head[0] === 0x7b ? Buffer.from(row.head) : zstdDecompressSync(row.head);
  const { d, l, r, n, p, t, c, z, e, g } = JSON.parse(plain.toString()) as PlainHead;
  return {
    destination: d,
    lane: l,
    runs: r.map(([stream, first, last, previous]) => ({ stream, first, last, previous })),
    load: { messages: n[0], bytes: n[1] },
    before: { messages: p[0], bytes: p[1] },
    time: t[0],
    age: t[1],
    crc: c[0],
    compressed: c[1] === 1,
    ...(z !== undefined && { reason: z }),
    ...(e && { end: { messages: e[0], bytes: e[1] } }),
    ...(g && { letters: g }),
  };
}

export const add = (a: Load, b: Load): Load => ({ messages: a.messages + b.messages, bytes: a.bytes + b.bytes });

export const subtract = (a: Load, b: Load): Load => ({ messages: a.messages - b.messages, bytes: a.bytes - b.bytes });

export const NOTHING: Load = { messages: 0, bytes: 0 };

/** What the lane had taken at the end of this chunk. */
export const endOf = (head: Head): Load => head.end ?? add(head.before, head.load);
