/**
 * The queue's face: what is on disk, and how it gets there and away. One row is one compressed chunk of a destination and
 * lane, and holds many streams; one cursor a destination and lane says how far it was acknowledged.
 */
import type { MillraceError } from '../../base/index.ts';
import type { Gap, UploadKey } from '../../messages/index.ts';
import type { Lane, WhenFull } from '../schema.ts';

/** A place in a lane: the chunk, and the message in it. Places of a lane grow and are never used twice. */
export interface Place {
  readonly chunk: number;
  readonly index: number;
}

/** A message on its way into the queue. */
export interface Entry {
  readonly destination: string;
  readonly stream: string;
  readonly lane: Lane;
  /** The text of `openText`: JSON without its closing brace; whole where the message keeps the key that it has. */
  readonly open: string;
  /** `open` is the whole wire form: the message keeps the key that it has. */
  readonly whole?: boolean;
  /** Forgotten, and told as a gap, when it has waited this long, ms; 0: never. */
  readonly ttl: number;
}

export interface Appended {
  /** In this outbox, also where the message itself keeps another. */
  readonly key: UploadKey;
  readonly bytes: number;
  /** When it was taken, ms since the epoch. */
  readonly time: number;
  /** Where it went: a stream keeps its lane as long as something of it waits there, so that it keeps its order. */
  readonly lane: Lane;
}

/** What a lane hands out, in order: a message, or the gap that stands in the place of lost ones. */
export interface Item {
  /** Everything of the lane before `next` is done when this is acknowledged. */
  readonly place: Place;
  readonly next: Place;
  readonly stream: string;
  /** Of a gap its last. */
  readonly sequence: number;
  /** When it was taken, ms since the epoch. */
  readonly time: number;
  /** Wire form: JSON with its key. */
  readonly body: string;
  /** Its share of what the queue's depth counts: bytes of JSON; 0 for a gap. */
  readonly bytes: number;
  /** Messages that this one accounts for in the depth: 1, or how many a gap of damaged or expired ones stands for. */
  readonly messages: number;
  readonly gap?: Gap;
  /** The dead letter that is sent again. */
  readonly letter?: number;
}

/** Reads a lane from its cursor on, each item once. A new session takes a new reader. */
export interface LaneReader {
  /** The next items, about a chunk of them; none if there are no more for now. Expired messages come as gaps. */
  next(): Promise<readonly Item[]>;
}

/** What waits in a lane of a destination. */
export interface Backlog {
  readonly destination: string;
  readonly lane: Lane;
  readonly depth: number;
  /** Bytes of JSON. */
  readonly bytes: number;
  /** When the oldest was taken, ms since the epoch; 0 if none waits. */
  readonly oldest: number;
}

export interface Acknowledgement {
  /** Everything of the lane before this place is done. */
  readonly before: Place;
  /** How far that is in each stream: the greatest sequence, for a gap of a deleted letter comes out of its turn. */
  readonly reached: ReadonlyMap<string, number>;
  /** The gaps among it that were told: they stay in the ledger. */
  readonly gaps: readonly (Gap & { readonly stream: string })[];
  /** Of what was sent again: done with. */
  readonly letters: readonly number[];
  /** What the destination will never take: kept as dead letters, in the same write. */
  readonly refused: readonly { readonly item: Item; readonly code: string; readonly reason: string }[];
}

/** A message that its destination refused: kept until somebody sends it again or deletes it. */
export interface DeadLetter {
  readonly id: number;
  readonly destination: string;
  readonly stream: string;
  readonly sequence: number;
  /** When it was taken and when it was refused, ms since the epoch. */
  readonly time: number;
  readonly refusedAt: number;
  readonly code: string;
  readonly reason: string;
  readonly body: string;
  /** It was put back into the queue and waits to be acknowledged. */
  readonly again: boolean;
}

/** What a destination may fill, as its target says. */
export interface Quota {
  /** Bytes on disk; 0: as much as the whole outbox. */
  readonly maxBytes: number;
  readonly whenFull: WhenFull;
}

/** Of one stream at one destination: what its receiver must hold. */
export interface LedgerStream {
  readonly destination: string;
  readonly stream: string;
  /** The first sequence that was for this destination. */
  readonly first: number;
  /** The last that was taken. */
  readonly appended: number;
  /** Everything up to here was acknowledged, told as a gap, or is a dead letter. */
  readonly acknowledged: number;
  /** Merged, in order: also those that are still to be told. */
  readonly gaps: readonly Gap[];
  /** Sequences kept as dead letters. */
  readonly dead: readonly number[];
  /** Messages of it went out under the keys of the gateways that sent them: the ledgers of those say what must be there. */
  readonly relayed?: true;
}

/** What became of messages without being acknowledged. */
export interface Dropped {
  readonly destination: string;
  readonly lane: Lane;
  readonly stream: string;
  readonly gap: Gap;
  readonly messages: number;
  readonly bytes: number;
}

export interface Usage {
  /** Of the database, its log and the reserve, bytes. */
  readonly bytes: number;
  readonly quota: number;
}

export interface Queue {
  readonly warning: MillraceError | undefined;
  /** What waits in every lane just now: the queue keeps count of appends, acknowledgements and drops. */
  readonly backlogs: readonly Backlog[];
  /** Of one destination, its lanes in the order of their urgency; only those that were ever used. */
  backlog(destination: string): readonly Backlog[];
  /**
   * Resolves when its chunk is on disk.
   *
   * @throws OUTBOX_FULL, and the store's errors
   */
  append(entry: Entry): Promise<Appended>;
  reader(destination: string, lane: Lane): LaneReader;
  /** In the order of the places. May be written with the next chunk; `flush` waits for it. */
  acknowledge(destination: string, lane: Lane, acknowledgement: Acknowledgement): Promise<void>;
  /** Resolves when what was acknowledged so far is on disk: a kill sends none of it again. */
  settled(): Promise<void>;
  setQuota(destination: string, quota: Quota): void;
  /** Replaces what has waited too long by gaps, in whole chunks. Called by the queue itself now and then. */
  expire(): Promise<void>;
  /** Told of each drop by a policy: expired, dropped for newer ones, damaged, deleted dead letters. */
  onDropped(listener: (dropped: Dropped) => void): () => void;
  /** Whether somebody paused the destination: kept over restarts. */
  paused(destination: string): boolean;
  setPaused(destination: string, paused: boolean): Promise<void>;
  deadLetters(options: { destination?: string; after?: number; limit?: number }): Promise<readonly DeadLetter[]>;
  deadCount(destination: string): number;
  /** Puts dead letters back into the lane `bulk` of their destination, with their key. @returns how many */
  retryDead(destination: string, ids?: readonly number[]): Promise<number>;
  /** Deletes dead letters; their receiver is told of a gap. @returns how many */
  removeDead(destination: string, ids?: readonly number[]): Promise<number>;
  ledger(): Promise<readonly LedgerStream[]>;
  usage(): Promise<Usage>;
  /** Resolves when everything that was asked for so far is on disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
