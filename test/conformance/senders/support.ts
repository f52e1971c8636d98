import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type MillraceError, systemClock } from '../../../runtime/base/index.ts';
import type { WireMessage } from '../../../runtime/messages/index.ts';
import { checkTarget } from '../../../runtime/outbox/check-target.ts';
import type { TargetSettings } from '../../../runtime/outbox/index.ts';
import {
  type Batch,
  type Connection,
  connectTo,
  type Outgoing,
  type Sender,
} from '../../../runtime/outbox/senders/index.ts';

export const GATEWAY = 'gateway-1';

/** A directory that is gone after the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-senders-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export interface Opened {
  readonly connection: Connection;
  /** Resolves when the connection says that it is lost. */
  readonly lost: Promise<MillraceError>;
}

/** A connection as the outbox makes it, closed after the test. */
export const open = (settings: TargetSettings, userDir?: string): Promise<Opened> =>
  openWith<TargetSettings>((given, context) => connectTo(checkTarget(given), context), settings, userDir);

/** The same with another sender than that of the kind. */
export async function openWith<Settings>(
  connect: Sender<Settings>,
  settings: Settings,
  userDir = tmpdir(),
): Promise<Opened> {
  const ended = new AbortController();
  let resolve: (error: MillraceError) => void = () => undefined;
  const lost = new Promise<MillraceError>((told) => (resolve = told));
  const context = { gateway: GATEWAY, destination: 'cloud', userDir, clock: systemClock, signal: ended.signal };
  const connection = await connect(settings, { ...context, lost: (error) => resolve(error) });
  onTestFinished(async () => {
    ended.abort();
    await connection.close();
  });
  return { connection, lost };
}

const keyed = (stream: string, sequence: number) => ({ gateway: GATEWAY, stream, sequence });

export const message = (stream: string, sequence: number, payload: unknown): Outgoing => {
  const time = 1_795_000_000_000 + sequence;
  return { stream, sequence, time, body: JSON.stringify({ payload, time, key: keyed(stream, sequence) }) };
};

export const gapMessage = (stream: string, first: number, last: number, reason: string): Outgoing => {
  const gap = { first, last, reason };
  const body = JSON.stringify({ key: keyed(stream, last), gap });
  return { stream, sequence: last, time: 1_795_000_000_000 + last, body, gap };
};

/** The messages in batches as large as the connection takes them, but at most `limit`. */
export function batchesOf(messages: readonly Outgoing[], { most }: Connection, limit = 50, from = 0): Batch[] {
  const size = Math.min(limit, most.messages);
  const batches: Batch[] = [];
  for (let start = 0; start < messages.length; start += size) {
    const name = `live-000000000001-${String(from + start).padStart(6, '0')}`;
    batches.push({ name, lane: 'live', messages: messages.slice(start, start + size) });
  }
  return batches;
}

/** Sends in order, as many at a time as the connection allows. @returns what was acknowledged, and the first failure */
export async function sendAll({ connection, lost }: Opened, batches: readonly Batch[]) {
  const acknowledged: Batch[] = [];
  let failure: unknown;
  let underWay = 0;
  let move = () => {};
  void lost.then((error) => {
    failure ??= error;
    move();
  });
  for (const batch of batches) {
    while (failure === undefined && underWay >= connection.window) await new Promise<void>((next) => (move = next));
    if (failure !== undefined) break;
    underWay += 1;
    connection.send(batch).then(
      () => {
        if (failure === undefined) acknowledged.push(batch);
        underWay -= 1;
        move();
      },
      (error: unknown) => {
        failure ??= error;
        move();
      },
    );
  }
  while (failure === undefined && underWay > 0) await new Promise<void>((next) => (move = next));
  return { acknowledged, failure };
}

/** What came, by stream: sequences in the order in which each came first. */
export function firstArrivals(received: readonly WireMessage[]): Record<string, number[]> {
  const streams = new Map<string, Set<number>>();
  for (const { key } of received) streams.set(key.stream, (streams.get(key.stream) ?? new Set()).add(key.sequence));
  return Object.fromEntries([...streams].map(([stream, sequences]) => [stream, [...sequences]]));
}

/** The numbers 1 to `last`. */
export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** The rows of a receiver's table of gaps, as the gaps were on the wire. */
export const gapsAsSent = (rows: readonly Readonly<Record<string, unknown>>[]): WireMessage[] =>
  rows.map((row) => {
    const [stream, reason] = [String(row['stream']), String(row['reason'])];
    const [first, last] = [Number(row['first']), Number(row['last'])];
    return { key: { gateway: String(row['gateway']), stream, sequence: last }, gap: { first, last, reason } };
  });

/** A batch of the stream `pump` with these payloads. */
export const batchWith = (...payloads: unknown[]): Batch => ({
  name: 'live-000000000001-000000',
  lane: 'live',
  messages: payloads.map((payload, index) => message('pump', index + 1, payload)),
});

/** What the connecting or the sending of one message throws; `undefined` if it goes well. */
export async function failureOf(settings: TargetSettings): Promise<unknown> {
  try {
    const { connection } = await open(settings);
    await connection.send(batchWith('one'));
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}
