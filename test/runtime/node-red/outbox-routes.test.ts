/** What the sidebar asks of the outbox: over a real outbox whose destination can be sent away and refuses what it is told to. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as targetConfig from '../../../nodes/target/config.ts';
import target from '../../../nodes/target/node.ts';
import { metricsText, systemClock } from '../../../runtime/base/index.ts';
import {
  deadLettersAnswer,
  type DestinationRow,
  ledger as ledgerSchema,
  outboxAnswer,
} from '../../../runtime/messages/index.ts';
import { serveOutbox } from '../../../runtime/node-red/admin/outbox.ts';
import { adminRoutes } from '../../../runtime/node-red/admin/routes.ts';
import type { Red } from '../../../runtime/node-red/index.ts';
import { openOutbox, type Outbox } from '../../../runtime/outbox/index.ts';
import { errors } from '../../../runtime/outbox/errors.ts';
import { MessagesRefused } from '../../../runtime/outbox/senders/sender.ts';
import type { Services } from '../../../runtime/services/index.ts';
import { createViewHub } from '../../../runtime/services/index.ts';
import { type EmbeddedNodeRed, startNodeRed } from '../../support/node-red.ts';

const soon = { timeout: 60_000, interval: 50 };
let directory: string;
let outbox: Outbox;
let nodeRed: EmbeddedNodeRed;
/** Where the destination is, and what it will never take. */
const receiver = { away: true, refuses: 'bad', taken: [] as string[] };

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-outbox-routes-'));
  outbox = openOutbox({
    ...{ directory: join(directory, 'outbox'), gateway: 'gateway-1', clock: systemClock },
    connect: (_target, context) => {
      if (receiver.away) throw errors.DESTINATION_UNREACHABLE({ address: 'mqtt://cloud', reason: 'gone fishing' });
      return Promise.resolve({
        ...{ most: { messages: 1, bytes: 1e6 }, window: 1, close: () => Promise.resolve() },
        send({ messages }) {
          const [{ body } = { body: '' }] = messages;
          if (receiver.away) return Promise.reject(new Error(`lost the way to ${context.destination}`));
          if (receiver.refuses !== '' && body.includes(receiver.refuses)) {
            const reason = errors.DESTINATION_UNREACHABLE({ address: 'mqtt://cloud', reason: 'the schema forbids it' });
            return Promise.reject(new MessagesRefused(reason));
          }
          receiver.taken.push(body);
          return Promise.resolve();
        },
      });
    },
  });
  const services = { clock: systemClock, views: createViewHub(), outbox } as unknown as Services;
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      serveOutbox(adminRoutes(red), services);
      target(red, { services }, targetConfig.palette);
    },
  });
  await nodeRed.deploy([{ id: 'cloud', type: 'target', name: 'the cloud', kind: 'mqtt', url: 'mqtt://cloud' }]);
}, 60_000);
afterAll(async () => {
  await nodeRed.stop();
  await outbox.close();
  await rm(directory, { recursive: true, force: true });
});

const ask = async (path = ''): Promise<unknown> => (await fetch(`${nodeRed.url}/millrace/outbox${path}`)).json();
const post = async (body: unknown): Promise<unknown> =>
  (
    await fetch(`${nodeRed.url}/millrace/outbox`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).json();
const row = async (): Promise<DestinationRow | undefined> =>
  outboxAnswer.parse(await ask()).destinations.find(({ id }) => id === 'cloud');
const put = (payload: unknown, options = {}) => outbox.put('cloud', 'pump', { payload }, options);
const metric = (name: string, labels = '{destination="cloud"}') => {
  const line = metricsText()
    .split('\n')
    .find((each) => each.startsWith(`${name}${labels} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};

describe('the outbox at the admin API', () => {
  it('says what waits and why, by the name that people gave the target', async () => {
    for (const n of [1, 2, 3]) await put(n);
    await outbox.put('cloud', 'alerts', { payload: 'an alarm' }, { lane: 'alarm' });
    await expect.poll(async () => (await row())?.problem?.code, soon).toBe('DESTINATION_UNREACHABLE');
    const now = await row();
    expect(now).toMatchObject({
      ...{
        name: 'the cloud',
        address: 'mqtt://cloud',
        kind: 'mqtt',
        served: true,
        connected: false,
        depth: 4,
        sent: 0,
      },
      problem: { title: 'not connected', hint: expect.stringContaining('tried again') as unknown },
    });
    expect(now?.problem?.since).toBeLessThanOrEqual(Date.now());
    expect(now?.lanes).toContainEqual({ lane: 'alarm', depth: 1 });
    expect(now?.course.at(-1)?.[1]).toBe(4);
    const { bytes, quota } = outboxAnswer.parse(await ask());
    expect(bytes).toBeGreaterThan(0);
    expect(quota).toBeGreaterThan(bytes);
    expect(metric('millrace_outbox_depth')).toBe(4);
    expect(metric('millrace_outbox_bytes')).toBeGreaterThan(40);
    expect(metric('millrace_outbox_oldest_seconds')).toBeGreaterThan(0);
    expect(metric('millrace_outbox_connected')).toBe(0);
    expect(metric('millrace_outbox_failures')).toBeGreaterThan(0);
    expect(metric('millrace_outbox_last_acknowledgement_seconds')).toBeUndefined();
    expect(metric('millrace_outbox_store_bytes', '')).toBeGreaterThan(0);
    expect(metric('millrace_outbox_store_quota_bytes', '')).toBe(quota);
  });

  it('stops the sending and lets it go on, taking messages meanwhile', async () => {
    expect(await post({ do: 'pause', destination: 'cloud' })).toEqual({});
    receiver.away = false;
    await put(4);
    await put('bad one');
    await put('bad two');
    await put(5);
    expect(await row()).toMatchObject({ paused: true, depth: 8 });
    expect(metric('millrace_outbox_paused')).toBe(1);
    expect(receiver.taken).toEqual([]);
    expect(await post({ do: 'resume', destination: 'cloud' })).toEqual({});
    await expect.poll(row, soon).toMatchObject({ paused: false, connected: true, depth: 0, sent: 6, dead: 2 });
    // The alarm overtakes what had waited longer.
    expect(receiver.taken[0]).toContain('an alarm');
    expect((await row())?.acknowledgedAt).toBeGreaterThan(Date.now() - 60_000);
    expect(metric('millrace_outbox_sent_total')).toBe(6);
    expect(metric('millrace_outbox_dead_letters')).toBe(2);
    expect(metric('millrace_outbox_connected')).toBe(1);
    expect(metric('millrace_outbox_last_acknowledgement_seconds')).toBeGreaterThan(Date.now() / 1000 - 60);
  });

  it('lists what was refused page by page, sends it again and deletes it', async () => {
    const first = deadLettersAnswer.parse(await ask('/dead?destination=cloud&limit=1'));
    expect(first).toMatchObject({
      letters: [{ stream: 'pump', reason: expect.stringContaining('forbids') as unknown }],
      more: true,
    });
    const [one] = first.letters;
    expect(JSON.parse(one?.body ?? '')).toMatchObject({ payload: 'bad one', key: { stream: 'pump' } });
    const { letters, more } = deadLettersAnswer.parse(await ask(`/dead?destination=cloud&after=${one?.id}`));
    expect(letters.map(({ body }) => (JSON.parse(body) as { payload: unknown }).payload)).toEqual(['bad two']);
    expect(more).toBe(false);

    receiver.refuses = '';
    expect(await post({ do: 'retry', destination: 'cloud', letters: [one?.id] })).toEqual({ letters: 1 });
    await expect.poll(row, soon).toMatchObject({ dead: 1, depth: 0 });
    expect(receiver.taken.at(-1)).toContain('bad one');
    expect(await post({ do: 'delete', destination: 'cloud' })).toEqual({ letters: 1 });
    await expect.poll(row, soon).toMatchObject({ dead: 0 });
    // Its number will never come: the receiver is told.
    await expect.poll(() => receiver.taken.some((body) => body.includes('"gap"')), soon).toBe(true);
    const dropped = (await row())?.dropped ?? [];
    expect(dropped.map(({ messages }) => messages)).toEqual([1]);
    const labels = `{destination="cloud",reason="${dropped[0]?.reason}"}`;
    expect(metric('millrace_outbox_dropped_total', labels)).toBe(1);
  });

  it('says what a receiver must hold, and keeps it in a file', async () => {
    const { streams } = ledgerSchema.parse(await ask('/ledger'));
    const pump = streams.find(({ stream }) => stream === 'pump');
    expect(pump).toMatchObject({
      destination: 'cloud',
      first: 1,
      appended: 7,
      dead: [],
      gaps: [{ first: 6, last: 6 }],
    });
    const file = join(directory, 'outbox', 'ledger.json');
    const written = async () => ledgerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    await expect.poll(async () => (await written().catch(() => undefined))?.streams, soon).toEqual(streams);
    expect((await written()).destinations).toMatchObject([{ id: 'cloud', depth: 0, dead: 0 }]);
  }, 30_000);

  it('refuses what it cannot do, and says what there is', async () => {
    expect(await post({ do: 'pause', destination: 'clod' })).toMatchObject({
      code: 'DESTINATION_UNKNOWN',
      hint: 'There are: cloud.',
    });
    expect(await post({ do: 'empty', destination: 'cloud' })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await ask('/dead?limit=many')).toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
