import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { ledger as ledgerSchema } from '../../runtime/messages/index.ts';
import { errors } from '../../runtime/outbox/errors.ts';
import { openOutbox, type Outbox } from '../../runtime/outbox/index.ts';
import { MessagesRefused } from '../../runtime/outbox/senders/sender.ts';
import { millrace } from '../support/command.ts';
import { until } from '../support/node-red.ts';

const soon = { timeout: 60_000, interval: 50 };
let directory: string;
let userDir: string;

/** As a gateway would: the cloud is away, the shop refuses everything. */
function gateway(): Outbox {
  const outbox = openOutbox({
    ...{ directory: join(userDir, 'millrace', 'outbox'), clock: systemClock },
    gateway: 'gateway-1',
    connect: (_target, { destination }) => {
      if (destination === 'c10ud') throw errors.DESTINATION_UNREACHABLE({ address: 'mqtt://x', reason: 'away' });
      const reason = errors.DESTINATION_UNREACHABLE({ address: 'shop', reason: 'not wanted' });
      return Promise.resolve({
        ...{ most: { messages: 1, bytes: 1e6 }, window: 1, close: () => Promise.resolve() },
        send: () => Promise.reject(new MessagesRefused(reason)),
      });
    },
  });
  outbox.destination('c10ud', { type: 'mqtt', url: 'mqtt://x' });
  outbox.destination('5hop', { type: 'mqtt', url: 'mqtt://y' });
  return outbox;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-outbox-'));
  userDir = join(directory, 'user');
  const outbox = gateway();
  for (const n of [1, 2, 3]) await outbox.put('c10ud', 'pump', { payload: n });
  for (const n of [1, 2]) await outbox.put('5hop', 'door', { payload: `no ${n}` });
  await until(() => outbox.destinations().find(({ id }) => id === '5hop')?.dead === 2, 'two refusals');
  await outbox.close();
  const targets = [
    { id: 'c10ud', type: 'target', name: 'the cloud' },
    { id: '5hop', type: 'target', name: 'shop' },
  ];
  await writeFile(join(userDir, 'millrace', 'gateway-id'), 'gateway-1\n');
  await writeFile(join(userDir, 'flows.json'), JSON.stringify(targets));
}, 60_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

const ask = (...args: readonly string[]) =>
  millrace(['outbox', ...args], { env: { MILLRACE_USER_DIR: userDir }, cwd: directory });
const json = async (...args: readonly string[]) =>
  JSON.parse((await ask(...args, '--json')).stdout) as Record<string, unknown>;

describe('millrace outbox, on a gateway that is stopped', () => {
  it('lists what waits and what was refused, by the names of the targets, with the next command', async () => {
    const { code, stdout, stderr } = await ask('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^the cloud +c10ud +mqtt:\/\/x +3 messages wait \(\d+ B\), the oldest for \d+ s/m);
    expect(stdout).toMatch(/^shop +5hop +mqtt:\/\/y +nothing waits +2 messages refused/m);
    expect(stderr).toContain('outbox show ');
    expect(await json('list')).toMatchObject({ running: false, destinations: [{ depth: 3 }, { dead: 2 }] });
  }, 60_000);

  it('shows a destination by name, id or their beginning, and says which there are', async () => {
    for (const name of ['the cloud', 'c10ud', 'the', 'THE CLOUD', 'mqtt://x']) {
      const { code, stdout } = await ask('show', name);
      expect(code, name).toBe(0);
      expect(stdout, name).toMatch(/^the cloud: 3 messages wait/);
      expect(stdout, name).toMatch(/^ +pump +taken to 3 +done to 0/m);
    }
    const { code, stderr } = await ask('show', 'nobody');
    expect(code).toBe(1);
    expect(stderr).toContain('OUTBOX_DESTINATION_UNKNOWN');
    expect(stderr).toContain('c10ud ("the cloud")');
  }, 60_000);

  it('stops and resumes the sending, for the next start', async () => {
    expect(await ask('pause', 'the cloud')).toMatchObject({ code: 0 });
    expect((await ask('list')).stdout).toMatch(/the cloud .* paused$/m);
    expect(await ask('resume', 'the cloud')).toMatchObject({ code: 0 });
    expect((await ask('list')).stdout).not.toContain('paused');
  }, 60_000);

  it('lists what was refused, sends it again, and deletes only what is named', async () => {
    const { stdout } = await ask('dead', 'list', 'shop', '--body');
    expect(stdout).toMatch(/^1 +door 1 .*not wanted/m);
    expect(stdout).toContain('"payload": "no 1"');
    const unnamed = await ask('dead', 'delete', 'shop');
    expect(unnamed).toMatchObject({ code: 1, stderr: expect.stringContaining('--all') as unknown });
    expect(await json('dead', 'delete', 'shop', '2')).toEqual({ destination: '5hop', letters: 1 });
    // None named: all.
    expect(await json('dead', 'retry', 'shop')).toEqual({ destination: '5hop', letters: 1 });
    expect((await ask('dead', 'list', 'shop')).stdout).toMatch(/^1 .* sent again$/m);
    const { letters } = await json('dead', 'list', 'shop');
    expect(letters).toMatchObject([{ id: 1, again: true }]);
  }, 60_000);

  it('says what each receiver must hold, and writes it into a file', async () => {
    const { code, stdout } = await ask('ledger');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Gateway gateway-1, as of/);
    expect(stdout).toMatch(/^the cloud +pump +1 to 3 +done to 0$/m);
    expect(await ask('ledger', '--output', 'ledger.json')).toMatchObject({ code: 0 });
    const written = ledgerSchema.parse(JSON.parse(await readFile(join(directory, 'ledger.json'), 'utf8')));
    expect(written.streams.map(({ stream, appended }) => [stream, appended])).toContainEqual(['pump', 3]);
    const shop = written.streams.find(({ stream }) => stream === 'door');
    expect(shop?.gaps).toMatchObject([{ first: 2, last: 2 }]);
  }, 60_000);

  it('has nothing to say where nothing was uploaded', async () => {
    const elsewhere = join(directory, 'elsewhere');
    expect(await ask('list', '--user-dir', elsewhere)).toMatchObject({
      code: 0,
      stdout: 'Nothing waits to be sent.\n',
    });
    expect(await ask('show', 'x', '--user-dir', elsewhere)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('OUTBOX_EMPTY') as unknown,
    });
  }, 60_000);
});

describe('millrace outbox, beside a gateway that runs', () => {
  it('reads what the gateway wrote down, and says how to change something', async () => {
    const outbox = gateway();
    try {
      await outbox.put('c10ud', 'pump', { payload: 4 });
      const file = join(userDir, 'millrace', 'outbox', 'ledger.json');
      await expect
        .poll(async () => {
          const { streams } = ledgerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
          return streams.find(({ stream }) => stream === 'pump')?.appended;
        }, soon)
        .toBe(4);
      const { code, stdout, stderr } = await ask('list');
      expect(code).toBe(0);
      expect(stderr).toMatch(/this is what it wrote down \d+ s ago/);
      expect(stdout).toMatch(/^the cloud +c10ud +mqtt:\/\/x +4 messages wait .*not connected since/m);
      expect((await ask('show', 'the cloud')).stdout).toContain('DESTINATION_UNREACHABLE');
      expect(await json('ledger')).toMatchObject({ format: 1 });
      for (const change of [
        ['pause', 'the cloud'],
        ['dead', 'retry', 'shop'],
        ['dead', 'list', 'shop'],
      ]) {
        const held = await ask(...change);
        expect(held.code, change.join(' ')).toBe(1);
        expect(held.stderr).toContain('OUTBOX_HELD');
        expect(held.stderr).toContain('sidebar');
      }
    } finally {
      await outbox.close();
    }
  }, 120_000);
});
