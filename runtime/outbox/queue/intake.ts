import type { Clock, Timer } from '../../base/index.ts';
import { type Details, type Load, packBody } from './chunk.ts';
import type { DeadRow } from './durable-store.ts';
import type { LaneState } from './lane-state.ts';
import type { StreamState } from './streams.ts';

/** A message that waits for its chunk. */
export interface Coming {
  readonly stream: StreamState;
  readonly text: string;
  readonly bytes: number;
  readonly ttl: number;
  readonly whole: boolean;
  resolve(sequence: number, time: number): void;
  reject(error: unknown): void;
}

export interface Resent extends Pick<DeadRow, 'id' | 'head' | 'crc'> {
  readonly stream: string;
  readonly sequence: number;
}

/** Messages that are written together. */
export interface Closed {
  readonly lane: LaneState;
  readonly messages: readonly Coming[];
  /** Streams of which a message keeps the key that it has. */
  readonly relayed?: ReadonlySet<StreamState>;
  /** Which streams it holds, in the order of their first messages, and how many of each. */
  readonly streams: ReadonlyMap<StreamState, number>;
  readonly load: Load;
  readonly ttl: number | null;
  /** Dead letters that go out again with the number that they have, as their rows are to be from now on. */
  readonly resent?: readonly Resent[];
  /** Dead letters that were deleted: their receiver is told. */
  readonly deleted?: readonly Omit<Resent, 'head' | 'crc'>[];
  /** Called when it is on disk, or is not. */
  readonly settled: (error?: unknown) => void;
  packed: Awaited<ReturnType<typeof packBody>> | undefined;
  readonly packing: Promise<void>;
}

export interface Letters extends Pick<Closed, 'resent' | 'deleted'> {
  readonly texts: readonly string[];
}

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));

interface Forming {
  readonly messages: Coming[];
  bytes: number;
}

interface IntakeOptions {
  readonly clock: Clock;
  readonly lingerMs: number;
  readonly chunkMessages: number;
  /** Something is ready to be written. */
  readonly ready: () => void;
}

/** JSON of one chunk, bytes: a chunk is held in memory whole. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * Collects messages into chunks, one a lane: a chunk is closed when it is full, or when its first message has lingered. All
 * that wait are closed together, so that one flush of the disk serves them.
 */
export function createIntake({ clock, lingerMs, chunkMessages, ready }: IntakeOptions) {
  const forming = new Map<LaneState, Forming>();
  const closed: Closed[] = [];
  let timer: Timer | undefined;

  const close = (lane: LaneState) => {
    const form = forming.get(lane);
    if (!form) return;
    forming.delete(lane);
    const chunk = closeChunk(lane, form, ready);
    void clock.hold(chunk.packing);
    closed.push(chunk);
  };
  const closeAll = () => {
    timer?.cancel();
    timer = undefined;
    for (const lane of [...forming.keys()]) close(lane);
  };

  return {
    add(lane: LaneState, message: Coming): void {
      let form = forming.get(lane);
      if (!form) forming.set(lane, (form = { messages: [], bytes: 0 }));
      form.messages.push(message);
      form.bytes += message.bytes;
      message.stream.coming += 1;
      lane.coming += message.bytes;
      if (form.messages.length >= chunkMessages || form.bytes >= CHUNK_BYTES) close(lane);
      else timer ??= clock.after(lingerMs, closeAll);
    },
    closeAll,
    /** A chunk of dead letters, or of the gaps that they leave. */
    addLetters(lane: LaneState, letters: Letters): Promise<void> {
      return new Promise((resolve, reject) => {
        const settled = (error?: unknown) => (error === undefined ? resolve() : reject(asError(error)));
        const { texts, resent, deleted } = letters;
        const messages = resent?.length ?? deleted?.length ?? 0;
        const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
        const chunk: Closed = {
          ...{ lane, messages: [], streams: new Map(), load: { messages, bytes }, ttl: null, settled },
          ...(resent && { resent }),
          ...(deleted && { deleted }),
          packed: undefined,
          packing: packBody(texts, { runs: texts.map((_, index) => index), whole: true }).then((packed) => {
            chunk.packed = packed;
            ready();
          }),
        };
        void clock.hold(chunk.packing);
        closed.push(chunk);
      });
    },
    /** Chunks that are to be tried once more. */
    putBack(chunks: readonly Closed[]): void {
      closed.unshift(...chunks);
    },
    get waiting(): boolean {
      return closed.length > 0 || forming.size > 0;
    },
    /** The chunks that are to be written next: at least one if any is closed, in the order in which they were closed. */
    async take(bytes: number): Promise<readonly Closed[]> {
      await closed[0]?.packing;
      let size = 0;
      let count = 0;
      for (const { packed } of closed) {
        if (!packed || (count > 0 && size + packed.body.length > bytes)) break;
        size += packed.body.length;
        count += 1;
      }
      return closed.splice(0, count);
    },
    get closed(): number {
      return closed.length;
    },
  };
}

function closeChunk(lane: LaneState, { messages, bytes }: Forming, ready: () => void): Closed {
  const streams = new Map<StreamState, number>();
  const order: number[] = [];
  const places = new Map<StreamState, number>();
  for (const { stream } of messages) {
    let place = places.get(stream);
    if (place === undefined) places.set(stream, (place = places.size));
    order.push(place);
    streams.set(stream, (streams.get(stream) ?? 0) + 1);
  }
  const details: { -readonly [K in keyof Details]: Details[K] } = {};
  if (streams.size > 1) details.runs = order;
  const ttl = messages[0]?.ttl ?? 0;
  if (messages.some((message) => message.ttl !== ttl)) details.ttl = messages.map((message) => message.ttl);
  else if (ttl > 0) details.ttl = ttl;
  const whole = messages.flatMap((message, index) => (message.whole ? [index] : []));
  if (whole.length > 0) details.whole = whole.length === messages.length ? true : whole;
  const longest = messages.some((message) => message.ttl === 0) ? null : Math.max(...messages.map((one) => one.ttl));
  const texts = messages.map(({ text }) => text);
  const chunk: Closed = {
    lane,
    messages,
    streams,
    relayed: new Set(messages.flatMap(({ whole, stream }) => (whole ? [stream] : []))),
    load: { messages: messages.length, bytes },
    ttl: longest,
    settled(error) {
      lane.coming -= bytes;
      for (const { stream, reject } of messages) {
        stream.coming -= 1;
        if (error !== undefined) reject(error);
      }
    },
    packed: undefined,
    packing: packBody(texts, details).then((packed) => {
      chunk.packed = packed;
      ready();
    }),
  };
  return chunk;
}
