/** What the queue asks of the disk. The rows say what they say; whether they say it rightly their checksums tell. */
import type { MillraceError } from '../../base/index.ts';
import type { StoreSize } from '../../storage/index.ts';

/** A chunk as it lies on disk. */
export interface ChunkRow {
  readonly lane: number;
  /** Its number in the lane. */
  readonly chunk: number;
  /** When the last of it has waited too long, by the age clock; `null`: never. */
  readonly expires: number | null;
  readonly head: Uint8Array;
  readonly crc: number;
  /** `null` where only its directory is left, because its messages were dropped. */
  readonly body: Uint8Array | null;
}

/** A chunk without its body, and what it takes on disk. */
export interface HeadRow extends Omit<ChunkRow, 'body'> {
  readonly bytes: number;
}

/** A line of text under a number. */
export interface NoteRow {
  readonly id: number;
  readonly text: string;
  readonly crc: number;
}

export interface DeadRow {
  readonly id: number;
  readonly destination: string;
  readonly head: string;
  readonly crc: number;
  readonly body: string;
}

/** Chunks of a lane, both ends included. */
export interface ChunkRange {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

export type ChunkPlace = Pick<ChunkRow, 'lane' | 'chunk'>;

/** What is kept together or not at all, in this order. */
export interface Changes {
  readonly removed?: readonly ChunkRange[];
  /** New ones, or in the place of one with the same number. */
  readonly chunks?: readonly ChunkRow[];
  readonly notes?: readonly NoteRow[];
  readonly dead?: readonly Omit<DeadRow, 'id'>[];
  readonly deadChanged?: readonly Pick<DeadRow, 'id' | 'head' | 'crc'>[];
  readonly deadRemoved?: readonly number[];
  readonly gaps?: readonly NoteRow[];
  /** All gap rows up to these are forgotten. */
  readonly gapsRemoved?: readonly number[];
}

export interface DurableStore {
  /** STORE_QUARANTINED, if the file was damaged and a new one begun. */
  readonly warning: MillraceError | undefined;
  /**
   * Resolves when the changes are on disk. What is written at the same time is flushed together; one that fails fails alone.
   *
   * @param essential it makes room, and so goes through on a full disk
   */
  write(changes: Changes, essential: boolean): Promise<void>;
  notes(): Promise<readonly NoteRow[]>;
  /** The next chunks of a lane, whole: at most `limit`, from a number on. */
  chunks(lane: number, from: number, limit: number): Promise<readonly ChunkRow[]>;
  /** As `chunks`, without the bodies, which are not read. */
  heads(lane: number, from: number, limit: number): Promise<readonly HeadRow[]>;
  /** As `heads`, only of those that were dropped. */
  droppedHeads(lane: number, from: number, limit: number): Promise<readonly HeadRow[]>;
  /** The chunk before a number of the lane. */
  headBefore(lane: number, chunk: number): Promise<HeadRow | undefined>;
  /** Of all lanes, behind a place, in the order of lanes and chunks: to find what no note speaks of any more. */
  allHeads(after: ChunkPlace, limit: number): Promise<readonly HeadRow[]>;
  /** What has expired by this age: at most `limit`. */
  expired(age: number, limit: number): Promise<readonly HeadRow[]>;
  /** When the next expires, by the age clock; Infinity: nothing that waits ever does. */
  nextExpiry(): Promise<number>;
  dead(destination: string | undefined, after: number, limit: number): Promise<readonly DeadRow[]>;
  deadCounts(): Promise<ReadonlyMap<string, number>>;
  gaps(after: number, limit: number): Promise<readonly NoteRow[]>;
  /** The numbers of the first and of the last gap row; 0 where there is none. */
  gapRange(): Promise<{ readonly first: number; readonly last: number }>;
  size(): Promise<StoreSize>;
  close(): Promise<void>;
}
