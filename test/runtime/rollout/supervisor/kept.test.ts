/** What a gateway writes down for later: its log, what happened, what it is called. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';

// Limits are read when their room is loaded.
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_LOG_BYTES', '16000');
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_LOG_LINES', '50');
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_LOG_LINE_CHARACTERS', '100');
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_LOG_LINES_PER_SECOND', '40');
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_EVENTS', '20');
const { openGatewayLog, readGatewayLog } = await import('../../../../runtime/rollout/supervisor/gateway-log.ts');
const { openEventJournal } = await import('../../../../runtime/rollout/supervisor/event-journal.ts');
const { openIdentity } = await import('../../../../runtime/rollout/supervisor/known-identity.ts');
const { keepStatusIn } = await import('../../../../runtime/rollout/supervisor/kept-status.ts');
const { createProcessEvents } = await import('../../../../runtime/rollout/supervisor/process-events.ts');
const { changeGatewaySettings, readGatewaySettings } = await import('../../../../runtime/rollout/index.ts');

async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-kept-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
const sample = resolve(import.meta.dirname, '../../../samples/gateway-1');

it('keeps the log within its room, on disk and in memory, and its numbers across starts', async () => {
  const directory = join(await scratch(), 'log');
  let seconds = 0;
  // A second passes with every tenth line: no line is one too many.
  const clock = { ...systemClock, monotonic: () => seconds * 1000 };
  for (let start = 0; start < 10; start += 1) {
    const log = openGatewayLog(directory, clock);
    for (let i = 0; i < 100; i += 1) {
      seconds += 0.1;
      log.add('flow', `line ${start * 100 + i} ${'x'.repeat(60)}`);
      if (i % 10 === 0) log.flush();
    }
    expect(log.after(0).length).toBeLessThanOrEqual(50);
    expect(log.after(0).at(-1)?.sequence).toBe(start * 100 + 100);
    log.close();
  }
  const lines = readGatewayLog(directory);
  expect(lines.at(-1)).toMatchObject({ sequence: 1_000, text: expect.stringContaining('line 999') as string });
  expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_, i) => 1_001 - lines.length + i));
  const parts = await readdir(directory);
  const sizes = await Promise.all(parts.map(async (name) => (await stat(join(directory, name))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(16_000);
});

it('keeps the log within its room however much is written at once', async () => {
  const directory = join(await scratch(), 'log');
  let seconds = 0;
  const log = openGatewayLog(directory, { ...systemClock, monotonic: () => seconds++ * 1000 });
  for (let i = 0; i < 400; i += 1) log.add('flow', `${i} ${'"'.repeat(90)}`);
  log.close();
  const parts = await readdir(directory);
  const sizes = await Promise.all(parts.map(async (name) => (await stat(join(directory, name))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(16_000);
  expect(readGatewayLog(directory).at(-1)).toMatchObject({ sequence: 400 });
});

it('cuts long lines, drops colours, and counts what a flow writes too much', async () => {
  const log = openGatewayLog(join(await scratch(), 'log'), { ...systemClock, monotonic: () => seconds * 1000 });
  let seconds = 0;
  onTestFinished(() => log.close());
  log.add('flow', `\u001B[31m${'x'.repeat(500)}\u001B[0m`);
  expect(log.after(0)[0]?.text).toBe(`${'x'.repeat(100)} …`);
  for (let i = 0; i < 100; i += 1) log.add('flow', `line ${i}`);
  expect(log.after(0)).toHaveLength(40);
  seconds = 1;
  log.add('flow', 'later');
  expect(log.after(0).slice(-2)).toMatchObject([
    { source: 'gateway', text: expect.stringContaining('61 lines') as string },
    { source: 'flow', text: 'later' },
  ]);
});

it('goes on in memory where the disk lets nothing be read or written', async () => {
  const directory = join(await scratch(), 'log');
  await mkdir(join(directory, '000000000001.jsonl'), { recursive: true });
  const blocked = join(directory, 'file');
  await writeFile(blocked, '');
  for (const place of [directory, join(blocked, 'log')]) {
    const log = openGatewayLog(place, systemClock);
    log.add('flow', 'a line');
    log.flush();
    expect(log.after(0)).toMatchObject([{ text: 'a line' }]);
    log.close();
  }
});

it('stays who it was where the file of its id is spoilt', async () => {
  const userDir = await scratch();
  const said: string[] = [];
  const open = async () => {
    const identity = await openIdentity({
      userDir,
      version: '0.1.0',
      clock: systemClock,
      say: (text) => said.push(text),
    });
    identity.close();
    return identity.now;
  };
  const before = await open();
  await mkdir(join(userDir, 'gateway'), { recursive: true });
  const file = join(userDir, 'millrace/gateway-id');
  await writeFile(file, '\u0000\u0000');
  await expect(open()).rejects.toMatchObject({ code: 'GATEWAY_ID_DAMAGED' });
  const kept = keepStatusIn(join(userDir, 'gateway/status.json'), () => before, systemClock);
  kept.keep({ state: 'idle', process: 'running', restarts: 0 });
  await kept.settled();
  expect((await open()).gateway).toBe(before.gateway);
  expect(said).toEqual([expect.stringContaining(before.gateway)]);
  expect((await readFile(file, 'utf8')).trim()).toBe(before.gateway);
  await writeFile(join(userDir, 'gateway/status.json'), '{"identity":{"gateway":"me"}}');
  await writeFile(file, 'x');
  await expect(open()).rejects.toMatchObject({ code: 'GATEWAY_ID_DAMAGED' });
});

it('keeps events until they were asked for, numbers that only grow, and no more than there is room for', async () => {
  const file = join(await scratch(), 'events.jsonl');
  const first = await openEventJournal(file, systemClock);
  const heard: number[] = [];
  first.onEvent(({ sequence }) => heard.push(sequence));
  for (let i = 0; i < 70; i += 1) first.add({ kind: 'note', text: `note ${i}` });
  expect(heard).toEqual(heard.map((_, i) => (heard[0] ?? 0) + i));
  await first.close();
  const second = await openEventJournal(file, systemClock);
  expect(second.after(0)).toHaveLength(20);
  const last = heard.at(-1) ?? 0;
  expect(second.after(last - 1)).toMatchObject([{ sequence: last, text: 'note 69' }]);
  expect(second.add({ kind: 'note', text: 'next' }).sequence).toBe(last + 1);
  await second.close();

  // A journal that is lost begins above what a studio may have of it.
  await rm(file);
  const later = { ...systemClock, now: () => systemClock.now() + 3_600_000 };
  const third = await openEventJournal(file, later);
  expect(third.add({ kind: 'note', text: 'anew' }).sequence).toBeGreaterThan(last + 1);
});

it('loses no event that comes while the file is being replaced', async () => {
  const file = join(await scratch(), 'events.jsonl');
  const first = await openEventJournal(file, systemClock);
  const header = (await readFile(file, 'utf8')).split('\n').length;
  for (let i = 0; i < 45; i += 1) first.add({ kind: 'note', text: `note ${i}` });
  // Replaced, and what came meanwhile behind it: no more is written once it is closed.
  await first.close();
  const lines = (await readFile(file, 'utf8')).trim().split('\n').length;
  expect(lines).toBe(header - 1 + 20 + 5);
  const second = await openEventJournal(file, systemClock);
  expect(second.after(0).map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, i) => `note ${i + 25}`));
});

it('writes no more of an event than a studio takes', async () => {
  const file = join(await scratch(), 'events.jsonl');
  const journal = await openEventJournal(file, systemClock);
  const bytes = '\u0000'.repeat(50_000);
  const problem = { code: 'X', title: bytes, message: `${bytes}\n`, hint: `\ud800${bytes}` };
  journal.add({ kind: 'note', text: `a test said ${bytes}`, problem });
  const text = await readFile(file, 'utf8');
  expect(text.length).toBeLessThan(20_000);
  expect(text).toContain('a test said');
});

it('counts events from where a studio is, also where the journal was lost and the clock stands at 1970', async () => {
  const file = join(await scratch(), 'events.jsonl');
  const journal = await openEventJournal(file, { ...systemClock, now: () => 0 });
  journal.countFrom(217_000_002);
  expect(journal.add({ kind: 'note', text: 'heard' }).sequence).toBe(217_000_003);
  // A studio that has less, or says what cannot be.
  for (const sequence of [5, Number.MAX_SAFE_INTEGER]) journal.countFrom(sequence);
  expect(journal.add({ kind: 'note', text: 'heard, too' }).sequence).toBe(217_000_004);
});

it('tells of a flow that fails for weeks less and less often, and when it is up again', () => {
  const told: string[] = [];
  const events = createProcessEvents({ add: (event) => (told.push(event.kind), { ...event, sequence: 1, time: 0 }) });
  const release = { name: 'pump', version: 1, digest: '0'.repeat(64) };
  events.up(release);
  events.up(release);
  for (let restarts = 1; restarts <= 1_000; restarts += 1) {
    events.failed({ kind: 'crashed', text: 'it ended' }, release, restarts);
  }
  events.up(release);
  expect(told).toEqual(['started', ...Array<string>(10).fill('crashed'), 'started']);
});

it('reads what an older Millrace has written, and leaves out what a power cut has cut', async () => {
  const userDir = await scratch();
  const gateway = join(userDir, 'gateway');
  await cp(sample, gateway, { recursive: true });
  expect(await readGatewaySettings(userDir)).toMatchObject({ name: 'press 7', studio: { name: 'office' } });
  const changed = await changeGatewaySettings(userDir, { group: 'any' });
  expect(changed).toMatchObject({ name: 'press 7', group: 'any', studio: { addresses: ['192.168.1.5:1881'] } });

  const journal = await openEventJournal(join(gateway, 'events.jsonl'), systemClock);
  expect(journal.after(0).map(({ sequence }) => sequence)).toEqual([217_000_001, 217_000_002]);
  const log = openGatewayLog(join(gateway, 'log'), systemClock);
  expect(log.after(0).map(({ text }) => text)).toEqual(['starting pump 7 from slot a', 'a line of the flow']);
  log.add('gateway', 'goes on');
  log.close();
  expect(readGatewayLog(join(gateway, 'log')).map(({ sequence }) => sequence)).toEqual([41, 42, 43]);

  const file = join(gateway, 'gateway.json');
  for (const [text, code] of [
    ['{"format": 2}', 'GATEWAY_FILE_TOO_NEW'],
    ['{"format": 1, "na', 'GATEWAY_FILE_DAMAGED'],
    ['{"format": 1, "name": ""}', 'GATEWAY_FILE_DAMAGED'],
  ] as const) {
    await writeFile(file, text);
    await expect(readGatewaySettings(userDir)).rejects.toMatchObject({ code });
  }
});
