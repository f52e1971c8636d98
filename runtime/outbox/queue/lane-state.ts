import type { Lane } from '../schema.ts';
import { add, type Load, NOTHING, subtract } from './chunk.ts';
import type { ChunkRange } from './durable-store.ts';
import type { NoteOf } from './notes.ts';
import type { Backlog, Place } from './types.ts';

/** What is known of a chunk that was handed out and is not acknowledged. */
export interface Known {
  /** What the lane had taken before and after it. */
  readonly start: Load;
  readonly end: Load;
  /** What is left in it: less than lies between, where its messages were dropped. */
  readonly load: Load;
  readonly time: number;
  /** On disk, bytes. */
  readonly stored: number;
}

/** Parts of a message's place: gaps stand before it, each at a place of its own. */
export const STEP = 4;

const isBefore = (a: Place, b: Place) => a.chunk < b.chunk || (a.chunk === b.chunk && a.index < b.index);

/** One priority lane of a destination: what was taken, how far it was acknowledged, and what lies between. */
export class LaneState {
  readonly number: number;
  readonly destination: string;
  readonly lane: Lane;
  /** 0 until they are on disk. */
  noteId = 0;
  cursorId = 0;
  /** On disk. */
  top: number;
  total = NOTHING;
  stored = 0;
  /** As acknowledged; the disk follows. */
  cursor: Place;
  done = NOTHING;
  gone = NOTHING;
  freed = 0;
  /** When the oldest that waits was taken, ms since the epoch. */
  oldest = 0;
  /** The last chunk that was handed out: the policies leave it alone, and all before it. */
  handed = 0;
  /** On their way to the disk, bytes of JSON. */
  coming = 0;
  /** How often chunks were dropped: who had read them ahead reads them anew. */
  drops = 0;
  readonly known = new Map<number, Known>();
  /** Gaps that a reading has found, by chunk: the next session reads them again, and they are counted once. */
  private readonly counted = new Map<number, Set<string>>();
  private passed: { readonly chunk: number; readonly stored: number }[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  constructor(number: number, destination: string, lane: Lane, top: number) {
    this.number = number;
    this.destination = destination;
    this.lane = lane;
    this.top = top;
    this.cursor = { chunk: top + 1, index: 0 };
  }

  get waiting(): Load {
    if (this.empty) return NOTHING;
    const { messages, bytes } = subtract(subtract(this.total, this.done), this.gone);
    return { messages: Math.max(0, messages), bytes: Math.max(0, bytes) };
  }

  /** Nothing lies behind the cursor. */
  get empty(): boolean {
    return this.cursor.chunk > this.top;
  }

  /** On disk, bytes. */
  get bytes(): number {
    return Math.max(0, this.stored - this.freed);
  }

  /** The first chunk that a policy may touch. */
  get untouched(): number {
    return Math.max(this.handed + 1, this.cursor.chunk + (this.cursor.index > 0 ? 1 : 0));
  }

  backlog(): Backlog {
    const { messages, bytes } = this.waiting;
    const { destination, lane } = this;
    return { destination, lane, depth: messages, bytes, oldest: messages > 0 ? this.oldest : 0 };
  }

  /** Moves the cursor on. @returns how many messages that was; 0 if it is there already */
  moveTo(before: Place): number {
    if (!isBefore(this.cursor, before)) return 0;
    const from = this.done;
    this.cursor = before;
    for (const chunk of this.counted.keys()) if (chunk < before.chunk) this.counted.delete(chunk);
    for (const [chunk, { start, end, load, stored }] of this.known) {
      if (chunk >= before.chunk) break;
      this.done = end;
      this.gone = subtract(this.gone, subtract(subtract(end, start), load));
      this.passed.push({ chunk, stored });
      this.known.delete(chunk);
    }
    const at = this.known.get(before.chunk);
    if (at) {
      const messages = Math.min(Math.floor(before.index / STEP), at.load.messages);
      const share = at.load.messages > 0 ? messages / at.load.messages : 0;
      this.done = add(at.start, { messages, bytes: Math.floor(at.load.bytes * share) });
      this.oldest = at.time;
    }
    if (this.empty) {
      // What was lost to damage is not waited for.
      this.done = this.total;
      this.gone = NOTHING;
    }
    return Math.max(0, this.done.messages - from.messages);
  }

  /** Whether a gap that was found is met for the first time. */
  isNew({ place: { chunk, index }, stream }: { readonly place: Place; readonly stream: string }): boolean {
    const counted = this.counted.get(chunk) ?? new Set();
    this.counted.set(chunk, counted);
    const before = counted.size;
    return counted.add(`${index} ${stream}`).size > before;
  }

  /** How many chunks may be removed: they lie before the cursor. */
  get removable(): number {
    return this.passed.length;
  }

  /** Takes what may be removed; `putBack` if that fails. */
  takePassed(): { readonly ranges: readonly ChunkRange[]; putBack(): void } {
    const taken = this.passed;
    this.passed = [];
    const freed = taken.reduce((sum, { stored }) => sum + stored, 0);
    this.freed += freed;
    const first = taken[0];
    const last = taken.at(-1);
    return {
      ranges: first && last ? [{ lane: this.number, from: first.chunk, to: last.chunk }] : [],
      putBack: () => {
        this.passed = [...taken, ...this.passed];
        this.freed -= freed;
      },
    };
  }

  /** One after the other: what reads the lane, and what drops of it. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  cursorNote({ age, wall }: { age: number; wall: number }): NoteOf<'cursor'> {
    const { number, cursor, done, gone, freed } = this;
    return { kind: 'cursor', number, chunk: cursor.chunk, index: cursor.index, done, gone, freed, age, wall };
  }
}
