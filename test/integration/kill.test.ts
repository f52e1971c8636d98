import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { afterEach, describe, expect, it } from 'vitest';
import { type FlowNode, until } from '../support/node-red.ts';
import { freePort, startStudio, type Studio } from '../support/studio.ts';

const at = { z: 'tab', x: 10, y: 10 };

/** A reading comes in over HTTP; the answer is sent when `upload` has taken it: when its done() was called. */
const flow = (brokerPort: number): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'kill' },
  { id: 'in', type: 'http in', ...at, url: '/reading', method: 'post', wires: [['upload']] },
  { id: 'upload', type: 'upload', ...at, target: 'cloud', stream: 'readings', wires: [] },
  { id: 'taken', type: 'complete', ...at, scope: ['upload'], wires: [['answer']] },
  { id: 'answer', type: 'http response', ...at, statusCode: '200', wires: [] },
  { id: 'cloud', type: 'target', kind: 'mqtt', url: `mqtt://127.0.0.1:${brokerPort}` },
];

interface Receiver {
  /** Every id that arrived, repeats included, in order. */
  readonly ids: string[];
  readonly sequences: number[];
  close(): Promise<void>;
}

async function receiver(port: number): Promise<Receiver> {
  const broker = await Aedes.createBroker();
  const ids: string[] = [];
  const sequences: number[] = [];
  broker.on('publish', (packet, client) => {
    if (!client) return;
    const message = JSON.parse(packet.payload.toString()) as { payload: { id: string }; key: { sequence: number } };
    ids.push(message.payload.id);
    sequences.push(message.key.sequence);
  });
  const server: Server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    ids,
    sequences,
    async close() {
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('upload, when the process is killed', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  it('delivers every reading that it had taken, in order, after a restart', async () => {
    const userDir = await mkdtemp(join(tmpdir(), 'millrace-kill-'));
    closers.push(() => rm(userDir, { recursive: true, force: true }));
    const port = await freePort();
    const start = async () => {
      const studio = await startStudio({ flow: flow(port), userDir, args: ['--headless'] });
      return studio;
    };
    const taken: string[] = [];
    const post = async (studio: Studio, id: string) => {
      const answer = await fetch(`${studio.url}/reading`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id }),
      });
      if (answer.ok) taken.push(id);
    };

    // The cloud is away at first: what is taken has to wait on disk.
    let studio = await start();
    for (let index = 0; index < 40; index++) await post(studio, `before-${index}`);
    expect(taken).toHaveLength(40);

    // The cloud comes back, and the process is killed while both directions are busy.
    const cloud = await receiver(port);
    closers.push(() => cloud.close());
    let index = 0;
    const dying = studio;
    const stream = (async () => {
      for (;;) await Promise.all(Array.from({ length: 8 }, () => post(dying, `during-${index++}`)));
    })().catch(() => undefined);
    await until(() => taken.length >= 200 || undefined, '200 readings to be taken');
    await dying.kill();
    await stream;
    expect(taken.length).toBeGreaterThanOrEqual(200);

    studio = await start();
    closers.push(() => studio.stop());
    await post(studio, 'after');
    await until(() => taken.every((id) => cloud.ids.includes(id)) || undefined, 'every reading to arrive');

    // Repeats are allowed, and dropped by their key; what is left is in order, without a gap.
    const unique = cloud.sequences.filter((sequence, place) => cloud.sequences.indexOf(sequence) === place);
    expect(unique).toEqual(Array.from({ length: unique.length }, (_, place) => place + 1));
    expect(await studio.stop()).toBe(0);
    closers.pop();
  }, 90_000);
});
