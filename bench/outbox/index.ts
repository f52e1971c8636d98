/**
 * The outbox: how fast it takes messages onto the disk, how long that takes, what it writes, how it opens with a million
 * behind, how fast it drains; and what a Node-RED without it does. Beside every figure the disk's own rate of flushes.
 * `MILLRACE_BENCH=small` takes a tenth.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inChild } from '../support/child.ts';
import { type Aim, median, report, type Row } from '../support/report.ts';
import { countedDisk, flushesPerSecond } from './disk.ts';
import { type Mosquitto, startMosquitto } from './mosquitto.ts';
import type { Work } from './outbox-process.ts';

const SMALL = process.env['MILLRACE_BENCH'] === 'small';
const SECONDS = SMALL ? 2 : 10;
const BACKLOG = SMALL ? 100_000 : 1_000_000;
const DRAINED = SMALL ? 50_000 : 300_000;
const ROUNDS = 3;
/** The port *discard*: nobody listens. */
const NOWHERE = 'mqtt://127.0.0.1:9';

const CHUNKS = [1, 100, 1000];
/** So that the next chunk fills while one is on its way. */
const sendersFor = (chunk: number) => (chunk === 1 ? 1 : 3 * chunk);
const chunksOf = (messages: number) => ({ env: { MILLRACE_LIMIT_OUTBOX_CHUNK_MESSAGES: String(messages) } });

interface Part {
  readonly rows: readonly Row[];
  readonly aims: readonly Aim[];
}

/** Each gets an empty directory on the disk that is measured. In turn: none is measured beside another. */
const PARTS: Readonly<Record<string, (directory: string) => Promise<Part>>> = {
  'taken durably': taken,
  'time to the acknowledgement': acknowledged,
  'written to the device': written,
  'opened again with a backlog': opened,
  'Node-RED without it': without,
};

export async function run(): Promise<void> {
  const wanted = process.env['MILLRACE_BENCH_PART'];
  const tables: Record<string, readonly Row[]> = {};
  const aims: Aim[] = [];
  const root = await mkdtemp(join(tmpdir(), 'millrace-bench-outbox-'));
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (wanted !== undefined && !name.includes(wanted)) continue;
      console.log(`outbox: ${name}`);
      const directory = join(root, name.replaceAll(' ', '-'));
      await mkdir(directory);
      try {
        const { rows, aims: ofPart } = await part(directory);
        console.table(rows);
        tables[name] = rows;
        aims.push(...ofPart);
      } catch (thrown) {
        // What the others measured counts all the same.
        console.error(thrown);
        process.exitCode = 1;
      }
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  await report('outbox', tables, aims);
}

let runs = 0;
const outbox = <Result>(under: string, work: Work, options?: Parameters<typeof inChild>[2], again?: string) =>
  inChild<Result>(
    join(import.meta.dirname, 'outbox-process.ts'),
    { directory: again ?? join(under, `outbox-${++runs}`), work },
    options,
  );

async function taken(directory: string): Promise<Part> {
  const rows: Row[] = [];
  const aims: Aim[] = [];
  for (const chunk of CHUNKS) {
    const senders = sendersFor(chunk);
    const flushes = flushesPerSecond(directory);
    const { rate, cpuMicroseconds } = await outbox<{ rate: number; cpuMicroseconds: number }>(
      directory,
      { take: { senders, seconds: SECONDS, ids: true } },
      chunksOf(chunk),
    );
    rows.push({
      ...{ 'messages a chunk': chunk, 'senders waiting': senders, 'messages/s': Math.round(rate) },
      ...{ 'CPU µs a message': round(cpuMicroseconds), 'raw fdatasync/s': flushes },
    });
    if (chunk === 1000) {
      aims.push({ name: 'taken durably, chunks of 1,000', value: rate, unit: 'messages/s', op: '>=', target: 200_000 });
    }
  }
  return { rows, aims };
}

async function acknowledged(directory: string): Promise<Part> {
  const flushes = flushesPerSecond(directory);
  const { p50, p99, max, rate } = await outbox<{ p50: number; p99: number; max: number; rate: number }>(directory, {
    pace: { rate: 20_000, seconds: SECONDS },
  });
  return {
    rows: [
      {
        ...{ 'paced messages/s': 20_000, 'taken messages/s': Math.round(rate) },
        ...{ 'p50 ms': round(p50), 'p99 ms': round(p99), 'longest ms': round(max), 'raw fdatasync/s': flushes },
      },
    ],
    aims: [{ name: 'acknowledged at a paced 20,000 messages/s, p99', value: p99, unit: 'ms', op: '<=', target: 20 }],
  };
}

async function written(directory: string): Promise<Part> {
  const rows: Row[] = [];
  const aims: Aim[] = [];
  const disk = countedDisk(directory, 1024);
  if (!disk) {
    console.log('  not measured: only root can mount the disk on which every byte is counted');
    return { rows, aims };
  }
  try {
    for (const ids of [false, true]) {
      for (const chunk of CHUNKS) {
        const messages = chunk === 1 ? 5_000 : SMALL ? 50_000 : 300_000;
        const flushes = flushesPerSecond(disk.directory);
        const before = disk.written();
        const work = { count: { senders: sendersFor(chunk), messages, ids } };
        await outbox(disk.directory, work, chunksOf(chunk));
        const bytes = (disk.written() - before) / messages;
        rows.push({
          ...{ 'messages a chunk': chunk, 'random id in each': ids ? 'yes' : 'no', 'bytes of JSON': 200 },
          ...{ 'bytes to the device': round(bytes), 'raw fdatasync/s': flushes },
        });
        const target = { 1: undefined, 100: 200, 1000: 60 }[chunk];
        if (target === undefined) continue;
        const name = `written per 200-byte message${ids ? ' with a random id' : ''}, chunks of ${chunk}`;
        aims.push({ name, value: bytes, unit: 'bytes', op: '<=', target });
      }
    }
  } finally {
    disk.remove();
  }
  return { rows, aims };
}

async function opened(directory: string): Promise<Part> {
  const broker = await required();
  try {
    const queue = join(directory, 'backlog');
    await outbox(directory, { fill: { messages: BACKLOG } }, undefined, queue);
    const times: number[] = [];
    let megabytes = 0;
    let drainRate = NaN;
    const flushes = flushesPerSecond(directory);
    for (let round = 1; round <= ROUNDS; round++) {
      // Nothing is drained before the last: each opens what the killed one before it left.
      const last = round === ROUNDS;
      const work = { reopen: { url: last ? broker.url : NOWHERE, backlog: BACKLOG, drain: last ? DRAINED : 0 } };
      const found = await outbox<{ opened: number; megabytes: number; drainRate?: number }>(
        ...([directory, work, undefined, queue] as const),
      );
      times.push(found.opened);
      megabytes = Math.max(megabytes, found.megabytes);
      drainRate = found.drainRate ?? drainRate;
    }
    return {
      rows: [
        {
          ...{ backlog: BACKLOG, 'opened in ms': round(median(times)), 'MB of memory': Math.round(megabytes) },
          ...{ 'drained into mosquitto, messages/s': Math.round(drainRate), 'raw fdatasync/s': flushes },
        },
      ],
      aims: [{ name: 'opened with a million behind', value: median(times), unit: 'ms', op: '<=', target: 100 }],
    };
  } finally {
    await broker.stop();
  }
}

async function without(directory: string): Promise<Part> {
  const broker = await required();
  const nodeRed = <Result>(work: Readonly<Record<string, unknown>>) =>
    inChild<Result>(join(import.meta.dirname, 'node-red-process.ts'), { work });
  const rows: Row[] = [];
  const row = (what: string, rate: number | string, kept: string) =>
    rows.push({ what, 'messages/s': rate, kept, 'raw fdatasync/s': flushesPerSecond(directory) });
  try {
    const messages = SMALL ? 10_000 : 100_000;
    const { rate } = await nodeRed<{ rate: number }>({ mqttOut: { port: broker.port, messages } });
    row('mqtt out, QoS 1, into mosquitto', Math.round(rate), 'in memory');
  } finally {
    await broker.stop();
  }
  const { sent, arrived } = await nodeRed<{ sent: number; arrived: number }>({
    outage: { port: broker.port, messages: 1000 },
  });
  row('mqtt out, QoS 1, the broker away for a second', '', `${arrived} of ${sent} arrived`);
  for (const messages of [100, 1000]) {
    const { rate } = await nodeRed<{ rate: number }>({ context: { messages } });
    row(`array in the file context, to ${messages} messages`, Math.round(rate), 'in a file, not flushed');
  }
  return { rows, aims: [] };
}

async function required(): Promise<Mosquitto> {
  const broker = await startMosquitto();
  if (!broker) throw new Error('mosquitto is not installed: apt-get install mosquitto');
  return broker;
}

const round = (value: number) => Number(value.toPrecision(3));
