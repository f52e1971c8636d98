/** One process with an outbox: takes messages, and prints what was measured. What it does is given as JSON. */
import { join } from 'node:path';
import { systemClock } from '../../runtime/base/index.ts';
import type * as OutboxRoom from '../../runtime/outbox/index.ts';
import { type Reading, readings } from './messages.ts';

// As it is built: stripping types is no part of opening an outbox.
const built = join(import.meta.dirname, '../../dist/millrace/runtime/outbox/index.js');
const { openOutbox } = (await import(built)) as typeof OutboxRoom;

export type Work =
  | { readonly take: { readonly senders: number; readonly seconds: number; readonly ids: boolean } }
  | { readonly count: { readonly senders: number; readonly messages: number; readonly ids: boolean } }
  | { readonly pace: { readonly rate: number; readonly seconds: number } }
  | { readonly fill: { readonly messages: number } }
  | { readonly reopen: { readonly url: string; readonly backlog: number; readonly drain: number } };

/** More than a chunk holds, so that nothing comes twice in one. */
const POOL = 20_000;

const { directory, work } = JSON.parse(process.argv[2] ?? '{}') as { directory: string; work: Work };

const say = (line: Readonly<Record<string, unknown>>) => process.stdout.write(`${JSON.stringify(line)}\n`);
const sleep = systemClock.sleep;

function open(): OutboxRoom.Outbox {
  return openOutbox({
    ...{ directory, gateway: '4f9c1d52-6a0e-4a77-9d35-0b8c4f2e7a61', clock: systemClock },
    ...{ maxMessages: 20_000_000, maxBytes: 8e9 },
  });
}

/** Each sender hands over its next message when the last one is on disk. @returns to be asked how many were taken */
function send(outbox: OutboxRoom.Outbox, pool: readonly Reading[], senders: number, messages = Infinity) {
  let begun = 0;
  let taken = 0;
  const sender = async () => {
    while (begun < messages) {
      const { stream, message } = pool[begun++ % pool.length] as Reading;
      await outbox.put('cloud', stream, message);
      taken++;
    }
  };
  const all = Promise.all(Array.from({ length: senders }, sender));
  return {
    all,
    stop: () => void (messages = 0),
    get taken() {
      return taken;
    },
  };
}

/** Messages a second, when it has found its pace. */
async function take({ senders, seconds, ids }: { senders: number; seconds: number; ids: boolean }) {
  const outbox = open();
  const sending = send(outbox, readings(POOL, ids), senders);
  await sleep(1000);
  const [from, at, cpu] = [sending.taken, performance.now(), process.cpuUsage()];
  await sleep(1000 * seconds);
  const messages = sending.taken - from;
  const { user, system } = process.cpuUsage(cpu);
  say({ rate: (1000 * messages) / (performance.now() - at), cpuMicroseconds: (user + system) / messages });
  sending.stop();
  await sending.all;
  await outbox.close();
}

/** Takes so many and closes: for counting what that writes. */
async function count({ senders, messages, ids }: { senders: number; messages: number; ids: boolean }) {
  const outbox = open();
  const sending = send(outbox, readings(POOL, ids), senders, messages);
  await sending.all;
  await outbox.close();
  say({ taken: sending.taken });
}

/** Messages come at a rate, whatever becomes of them: ms from when each was due to when it was on disk. */
async function pace({ rate, seconds }: { rate: number; seconds: number }) {
  const outbox = open();
  const pool = readings(POOL, true);
  await send(outbox, pool, 1000, 20_000).all;
  const total = rate * seconds;
  const took = new Float64Array(total);
  const begun = performance.now();
  let sent = 0;
  let settled = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) * rate) / 1000));
    for (; sent < due; sent++) {
      const n = sent;
      const { stream, message } = pool[n % pool.length] as Reading;
      void outbox.put('cloud', stream, message).then(() => {
        took[n] = performance.now() - begun - (1000 * n) / rate;
        settled++;
      });
    }
    await sleep(1);
  }
  while (settled < total) await sleep(5);
  const wall = performance.now() - begun;
  await outbox.close();
  took.sort();
  const quantile = (q: number) => took[Math.floor(q * (total - 1))] ?? NaN;
  say({ p50: quantile(0.5), p99: quantile(0.99), max: quantile(1), rate: (1000 * total) / wall });
}

/** Takes a backlog, and is killed with it. */
async function fill({ messages }: { messages: number }) {
  const outbox = open();
  await send(outbox, readings(POOL, true), 4000, messages).all;
  say({ taken: messages });
  await sleep(100);
  process.kill(process.pid, 'SIGKILL');
}

/** Opens what the killed one left: until it is known how much waits and the next message is taken. Then drains some of it. */
async function reopen({ url, backlog, drain }: { url: string; backlog: number; drain: number }) {
  const begun = performance.now();
  const outbox = open();
  const cloud = outbox.destination('cloud', { type: 'mqtt', url });
  cloud.start();
  await outbox.put('other', 'plant/pump-0', { payload: 1 });
  const opened = performance.now() - begun;
  const { depth, sent } = cloud.state();
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  if (depth + sent !== backlog) throw new Error(`${depth} of ${backlog} wait, ${sent} are sent`);
  if (drain > 0) {
    while (cloud.state().sent === 0) await sleep(1);
    const [at, from] = [performance.now(), cloud.state().sent];
    while (cloud.state().sent - from < drain && cloud.state().depth > 0) await sleep(5);
    const drained = cloud.state().sent - from;
    say({ opened, megabytes, drainRate: (1000 * drained) / (performance.now() - at) });
  } else {
    say({ opened, megabytes });
  }
  process.kill(process.pid, 'SIGKILL');
}

if ('take' in work) await take(work.take);
else if ('count' in work) await count(work.count);
else if ('pace' in work) await pace(work.pace);
else if ('fill' in work) await fill(work.fill);
else await reopen(work.reopen);
