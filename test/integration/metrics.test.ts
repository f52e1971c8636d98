/** The figures of the outbox on a gateway without editor and admin API, as a scraper gets them, under real traffic. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../runtime/outbox/support.ts';
import { freePort, startStudio, type Studio } from '../support/studio.ts';

const soon = { timeout: 60_000, interval: 250 };
const at = { z: 'tab', x: 10, y: 10 };
let studio: Studio;

async function startFlow(broker: string): Promise<void> {
  const away = `mqtt://127.0.0.1:${await freePort()}`;
  studio = await startStudio({
    args: ['--headless'],
    flow: [
      { id: 'tab', type: 'tab', label: 'metrics' },
      {
        ...{ id: 'tick', type: 'inject', ...at, props: [{ p: 'payload' }], payload: '1', payloadType: 'num' },
        ...{ repeat: '0.2', once: true, wires: [['up', 'away']] },
      },
      { id: 'up', type: 'upload', ...at, stream: 'up', target: 'here', wires: [] },
      { id: 'away', type: 'upload', ...at, stream: 'away', target: 'gone', wires: [] },
      { id: 'here', type: 'target', name: 'the near one', kind: 'mqtt', url: broker },
      { id: 'gone', type: 'target', name: 'the one that is away', kind: 'mqtt', url: away },
    ],
  });
  onTestFinished(async () => void (await studio.stop()));
}

async function scrape(): Promise<Map<string, number>> {
  const token = (await readFile(join(studio.userDir, 'keys', 'metrics-token'), 'utf8')).trim();
  const answer = await fetch(`${studio.url}/metrics`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}
const of = (destination: string, name: string) => `millrace_outbox_${name}{destination="${destination}"}`;

it('says of each destination what waits, how old it is, what was sent, and what is the matter', async () => {
  await startFlow((await startBroker()).url);
  // Nothing but the metrics, and those only with the token.
  expect((await fetch(`${studio.url}/flows`)).status).toBe(404);
  expect((await fetch(`${studio.url}/metrics`)).status).toBe(401);
  await expect
    .poll(async () => {
      const now = await scrape();
      return (now.get(of('here', 'sent_total')) ?? 0) >= 3 && (now.get(of('gone', 'failures')) ?? 0) >= 1;
    }, soon)
    .toBe(true);
  const now = await scrape();
  const value = (destination: string, name: string) => now.get(of(destination, name)) ?? NaN;
  expect(value('here', 'connected')).toBe(1);
  expect(value('here', 'failures')).toBe(0);
  expect(value('here', 'last_acknowledgement_seconds')).toBeGreaterThan(Date.now() / 1000 - 60);
  expect(value('gone', 'connected')).toBe(0);
  expect(value('gone', 'depth')).toBeGreaterThanOrEqual(3);
  expect(value('gone', 'bytes')).toBeGreaterThan(value('gone', 'depth'));
  expect(value('gone', 'oldest_seconds')).toBeGreaterThan(0);
  expect(value('gone', 'sent_total')).toBe(0);
  expect(now.has(of('gone', 'last_acknowledgement_seconds'))).toBe(false);
  for (const destination of ['here', 'gone']) {
    expect(value(destination, 'dead_letters')).toBe(0);
    expect(value(destination, 'paused')).toBe(0);
  }
  expect(now.get('millrace_outbox_store_bytes')).toBeGreaterThan(0);
  expect(now.get('millrace_outbox_store_quota_bytes')).toBeGreaterThan(now.get('millrace_outbox_store_bytes') ?? 0);
}, 120_000);
