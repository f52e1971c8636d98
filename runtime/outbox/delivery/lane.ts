import type { Backlog, Item, LaneReader } from '../queue/types.ts';
import type { Waiting } from '../policies/types.ts';
import type { Lane } from '../schema.ts';
import { createInFlight, type Sent } from './in-flight.ts';

/** What was refused in part: groups that are sent again, one after the other, before anything else of the lane. */
interface Repair {
  readonly sent: Sent;
  readonly groups: (readonly Item[])[];
}

/** How far a lane has come since the delivery began; outlives a connection. */
export interface Course {
  /** Messages that are done. */
  done: number;
}

interface LaneOptions {
  readonly lane: Lane;
  /** Opened when it is first read. */
  readonly open: () => LaneReader;
  readonly course: Course;
  readonly now: () => number;
}

type Count = Pick<Backlog, 'depth' | 'bytes' | 'oldest'>;
const NOTHING: Count = { depth: 0, bytes: 0, oldest: 0 };

/** What of a lane goes over one connection: read ahead, under way, and to be sent again. */
export function createLane({ lane, open, course, now }: LaneOptions) {
  const inFlight = createInFlight();
  const repairs: Repair[] = [];
  let buffer: readonly Item[] = [];
  let head = 0;
  /** Of what was handed out and is not done. */
  const out = { messages: 0, bytes: 0 };
  /** Nothing more to read, for now. */
  let dry = false;
  let woken = 0;
  let reading: Promise<void> | undefined;
  let reader: LaneReader | undefined;

  const readOn = async () => {
    const before = woken;
    try {
      const items = await (reader ??= open()).next();
      if (items.length === 0) dry = woken === before;
      else [buffer, head] = [head < buffer.length ? [...buffer.slice(head), ...items] : items, 0];
    } finally {
      reading = undefined;
    }
  };

  return {
    lane,
    inFlight,
    get buffered(): number {
      return buffer.length - head;
    },
    get dry(): boolean {
      return dry;
    },
    get reading(): boolean {
      return reading !== undefined;
    },
    /** Something was appended. */
    wake(): void {
      woken += 1;
      dry = false;
    },
    read: (): Promise<void> => (reading ??= readOn()),
    /**
     * What the policy is asked about.
     *
     * @param count what is in the queue, with what is under way
     */
    waiting(count: Count | undefined): Waiting {
      const first = buffer[head];
      const { depth, bytes, oldest } = count ?? NOTHING;
      return {
        lane,
        messages: Math.max(buffer.length - head, depth - out.messages),
        bytes: Math.max(first?.bytes ?? 0, bytes - out.bytes),
        age: Math.max(0, now() - (first?.time ?? oldest)),
        position: course.done + out.messages,
        first: first?.body.length ?? 0,
        blocked: !first || repairs.length > 0,
      };
    },
    /** Whether so much is buffered. */
    holds(messages: number, bytes: number): boolean {
      if (buffer.length - head >= messages) return true;
      let sum = 0;
      for (let at = head; at < buffer.length && sum < bytes; at++) sum += buffer[at]?.body.length ?? 0;
      return sum >= bytes;
    },
    /** The next items, as many as fit: at least one. */
    take(messages: number, bytes: number): readonly Item[] {
      let end = head;
      let sum = 0;
      for (let item = buffer[end]; item && end - head < messages; item = buffer[end]) {
        sum += item.body.length;
        if (end > head && sum > bytes) break;
        out.messages += item.messages;
        out.bytes += item.bytes;
        end += 1;
      }
      const items = buffer.slice(head, end);
      head = end;
      return items;
    },
    /** They are done, or no longer in the queue. */
    settled(items: readonly Item[]): void {
      for (const { messages, bytes } of items) {
        out.messages -= messages;
        out.bytes -= bytes;
        course.done += messages;
      }
    },
    repairs,
  };
}

export type LaneSession = ReturnType<typeof createLane>;
