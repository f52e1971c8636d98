import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { MillraceError } from '../../../runtime/base/index.ts';
import { bySequence, gapsIn, outboxIn, startBroker, temporaryDirectory, upTo } from './support.ts';

const soon = { timeout: 60_000, interval: 20 };

/** Runs the child until it has said that `count` messages were taken, and kills it. @returns payload by sequence */
async function putUntilKilled(directory: string, url: string, first: number, count: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), directory, url, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const lines = () => text.split('\n').slice(0, -1);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (lines().length >= count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return lines().map((line) => JSON.parse(line) as [number, number]);
}

/** Changes what is stored of one message, as a worn flash cell would: SQLite itself does not notice. */
async function damage(directory: string, from: string, to: string) {
  const file = join(directory, 'outbox.sqlite');
  const bytes = await readFile(file);
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  bytes.write(to, at);
  await writeFile(file, bytes);
}

describe('what the outbox has taken', () => {
  it('is delivered after the process was killed in mid-stream, under the keys that it was given', async () => {
    const directory = await temporaryDirectory();
    const broker = await startBroker();
    const taken: [number, number][] = [];
    for (const count of [150, 400, 250]) {
      taken.push(...(await putUntilKilled(directory, broker.url, 1 + taken.length * 10, count)));
    }
    const outbox = outboxIn(directory);
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: broker.url });
    const last = await cloud.put('pump', { payload: 'last' });
    await vi.waitFor(() => expect(cloud.state().depth).toBe(0), soon);

    const received = bySequence(broker.received, 'pump');
    for (const [sequence, payload] of taken) expect(received.get(sequence)).toBe(payload);
    expect([...received.keys()].sort((a, b) => a - b)).toEqual(upTo(last.sequence));
  }, 60_000);

  it('is found out when a record was damaged on disk, and reported as a gap', async () => {
    const directory = await temporaryDirectory();
    const before = outboxIn(directory);
    for (const n of upTo(4)) await before.put('cloud', 'pump', { payload: `reading-${n}` });
    await before.close();
    await damage(directory, 'reading-1', 'reading-8');
    await damage(directory, 'reading-3', 'reading-9');

    const broker = await startBroker();
    const cloud = outboxIn(directory).destination('cloud', { type: 'mqtt', url: broker.url });
    await vi.waitFor(() => expect(cloud.state()).toMatchObject({ depth: 0, damaged: 2 }), soon);
    const wire = broker.received.map(({ message }) => ('gap' in message ? message.gap : message));
    expect(wire).toEqual([
      { first: 1, last: 1, reason: 'damaged on disk' },
      expect.objectContaining({ payload: 'reading-2' }),
      { first: 3, last: 3, reason: 'damaged on disk' },
      expect.objectContaining({ payload: 'reading-4' }),
    ]);
  });

  it('never gets a key that was given before, even when the count of its stream was damaged', async () => {
    const directory = await temporaryDirectory();
    const before = outboxIn(directory);
    for (const n of upTo(3)) await before.put('cloud', 'pump', { payload: n });
    await before.close();
    const note = (stream: string) => `"kind":"stream","destination":"cloud","stream":"${stream}"`;
    await damage(directory, note('pump'), note('pumq'));

    const key = await outboxIn(directory).put('cloud', 'pump', { payload: 4 });
    expect(key.sequence).toBeGreaterThan(1e12);
  });

  it('is gone with a file that is no database, which is set aside; no key is given twice', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'outbox.sqlite'), 'half a page of something else');
    const warnings: MillraceError[] = [];
    const outbox = outboxIn(directory);
    outbox.onWarning((warning) => warnings.push(warning));
    const { sequence } = await outbox.put('cloud', 'pump', { payload: 1 });

    expect(warnings.map(({ code }) => code)).toEqual(['STORE_QUARANTINED']);
    expect(await readdir(directory)).toContain('outbox.sqlite.quarantine-1');
    // Beyond every number that the lost file can have reached.
    expect(sequence).toBeGreaterThan(1e12);
    expect(await outbox.put('cloud', 'pump', { payload: 2 })).toMatchObject({ sequence: sequence + 1 });
    await outbox.close();
    expect(await outboxIn(directory).put('cloud', 'pump', { payload: 3 })).toMatchObject({ sequence: sequence + 2 });
  });

  it('is carried over as far as it can be read when the file is damaged, and the stream goes on', async () => {
    const directory = await temporaryDirectory();
    const before = outboxIn(directory);
    // Nothing that compression could make small, in twenty chunks.
    const padding = () => randomBytes(300).toString('base64');
    for (const part of upTo(20)) {
      const numbers = upTo(20).map((n) => (part - 1) * 20 + n);
      await Promise.all(numbers.map((n) => before.put('cloud', 'pump', { payload: n, padding: padding() })));
    }
    await before.close();
    const file = join(directory, 'outbox.sqlite');
    const bytes = await readFile(file);
    // A page in the middle, written over.
    bytes.fill(0xff, 60 * 1024, 61 * 1024);
    await writeFile(file, bytes);

    const broker = await startBroker();
    const outbox = outboxIn(directory);
    const warnings: MillraceError[] = [];
    outbox.onWarning((warning) => warnings.push(warning));
    const cloud = outbox.destination('cloud', { type: 'mqtt', url: broker.url });
    const next = await cloud.put('pump', { payload: 401 });
    await vi.waitFor(() => expect(cloud.state().depth).toBe(0), soon);
    expect(warnings.map(({ code }) => code)).toEqual(['STORE_QUARANTINED']);
    expect(next.sequence).toBe(401);
    const received = bySequence(broker.received, 'pump');
    expect(received.size).toBeGreaterThanOrEqual(360);
    for (const [sequence, payload] of received) expect(payload).toBe(sequence);
    // Every number is accounted for: a message, or part of a gap.
    const missing = gapsIn(broker.received).reduce((sum, { first, last }) => sum + last - first + 1, 0);
    expect(received.size + missing).toBe(401);
  });
});
