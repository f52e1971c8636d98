import { execFileSync } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { openOutbox } from '../../runtime/outbox/index.ts';
import { openBooks } from '../../scripts/soak/outbox/books.ts';
import { startReceiver } from '../../scripts/soak/outbox/receiver.ts';
import { startAsked } from '../faults/outbox/asked.ts';
import { canFailDisks, type Fault, makeFailingDisk } from '../faults/outbox/failing-disk.ts';

const soon = { timeout: 60_000, interval: 50 };

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-disk-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function receiving(books: ReturnType<typeof openBooks>) {
  const receiver = await startReceiver(books.arrived);
  onTestFinished(() => receiver.close());
  return receiver;
}

/** Opens what is on the disk, and sends it. */
async function drain(directory: string, books: ReturnType<typeof openBooks>) {
  const receiver = await receiving(books);
  const outbox = openOutbox({ directory, gateway: 'gateway-1', clock: systemClock });
  onTestFinished(() => outbox.close());
  const cloud = outbox.destination('cloud', { type: 'mqtt', url: receiver.url });
  const key = await cloud.put('end', { payload: { n: 1e9 } });
  books.taken('end', key.sequence, 1e9);
  await vi.waitFor(() => expect(cloud.state().depth).toBe(0), soon);
}

describe.skipIf(!canFailDisks())('an outbox whose disk fails', { timeout: 60_000 }, () => {
  let directory: string;
  let disk: Awaited<ReturnType<typeof makeFailingDisk>>;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'millrace-disk-'));
    disk = await makeFailingDisk(directory, `${directory}/`);
    return () => rm(directory, { recursive: true, force: true });
  });

  const faults: readonly [Fault, string][] = [
    ['fsync', 'answers a flush with an error'],
    ['torn', 'takes half of what is written, and no more'],
    ['full', 'is full'],
  ];

  it.each(faults)(
    '(%s: it %s) refuses with a code, loses nothing that it took, and goes on afterwards',
    async (fault) => {
      const books = openBooks();
      const queue = join(directory, `lives-${fault}`);
      disk.fail('none');
      const outbox = startAsked({ directory: queue, books, env: disk.env });
      expect(await outbox.put(300)).toMatchObject({ refused: [] });
      disk.fail(fault);
      const { taken, refused } = await outbox.put(200);
      expect(taken).toEqual([]);
      expect(refused).toHaveLength(200);
      for (const { code, hint } of refused) {
        expect(code).toMatch(/^(STORE_|OUTBOX_)/);
        expect(hint).not.toBe('');
      }
      disk.fail('none');
      await vi.waitFor(async () => expect((await outbox.put(1)).refused).toEqual([]), soon);
      expect((await outbox.put(300)).refused).toEqual([]);
      await outbox.end();

      await drain(queue, books);
      expect(books.verdict()).toMatchObject({ lost: 0, wrong: [] });
      expect(books.verdict().taken).toBeGreaterThanOrEqual(602);
    },
  );

  it.each(faults)('(%s: it %s) has everything that it took when it is killed in the middle of that', async (fault) => {
    const books = openBooks();
    const queue = join(directory, `dies-${fault}`);
    disk.fail('none');
    const outbox = startAsked({ directory: queue, books, env: disk.env });
    await outbox.put(300);
    disk.fail(fault);
    await outbox.put(200);
    await outbox.kill();
    disk.fail('none');

    await drain(queue, books);
    expect(books.verdict()).toMatchObject({ lost: 0, wrong: [] });
  });

  it('(short: a write takes half of what it is given, as it may) writes the rest', async () => {
    const books = openBooks();
    const queue = join(directory, 'short');
    disk.fail('short');
    const outbox = startAsked({ directory: queue, books, env: disk.env });
    expect((await outbox.put(500)).refused).toEqual([]);
    await outbox.kill();
    disk.fail('none');

    await drain(queue, books);
    expect(books.verdict()).toMatchObject({ lost: 0, wrong: [] });
  });
});

const mayMount = process.getuid?.() === 0 && process.platform === 'linux';
if (!mayMount) {
  if (process.env['CI']) throw new Error('CI needs root, for disks that are full or cannot be written');
  process.stderr.write('Not run: full and read-only disks. Only root may mount them.\n');
}

describe.skipIf(!mayMount)('an outbox on a disk of its own', { timeout: 60_000 }, () => {
  /** @returns where it is mounted, and how it is mounted otherwise */
  async function mountDisk(size: string) {
    const at = join(await temporaryDirectory(), 'disk');
    await mkdir(at);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at]);
    onTestFinished(() => void execFileSync('umount', ['-l', at]));
    return { at, remount: (how: string) => void execFileSync('mount', ['-o', `remount,${how}`, at]) };
  }

  it('that has become full still sends what it has, and then takes more', async () => {
    const { at } = await mountDisk('8m');
    const books = openBooks();
    const receiver = await receiving(books);
    const alone = startAsked({ directory: join(at, 'outbox'), books });
    // Far more than the disk holds.
    let refusals = 0;
    for (let burst = 0; burst < 200 && refusals < 3; burst++) {
      const { refused } = await alone.put(1_000);
      if (refused.length > 0) refusals++;
      for (const { code } of refused) expect(code).toMatch(/^(STORE_FULL|OUTBOX_FULL)$/);
    }
    expect(refusals).toBe(3);
    await alone.kill();

    const served = startAsked({ directory: join(at, 'outbox'), books, url: receiver.url, first: 1_000_000 });
    await vi.waitFor(async () => expect((await served.put(1)).refused).toEqual([]), soon);
    await vi.waitFor(() => expect(books.verdict()).toMatchObject({ lost: 0, wrong: [] }), soon);
    expect((await served.put(500)).refused).toEqual([]);
    await vi.waitFor(() => expect(books.verdict()).toMatchObject({ lost: 0, wrong: [] }), soon);
  });

  it('that cannot be written says so, and takes messages as soon as it can be', async () => {
    const { at, remount } = await mountDisk('64m');
    const books = openBooks();
    remount('ro');
    const outbox = startAsked({ directory: join(at, 'outbox'), books });
    const { taken, refused } = await outbox.put(3);
    expect(taken).toEqual([]);
    expect(refused.map(({ code }) => code)).toEqual(['STORE_UNWRITABLE', 'STORE_UNWRITABLE', 'STORE_UNWRITABLE']);
    expect(refused[0]?.message).toContain(at);
    remount('rw');
    await vi.waitFor(async () => expect((await outbox.put(1)).refused).toEqual([]), soon);
  });

  it('whose directory belongs to somebody else says so', async () => {
    const { at } = await mountDisk('64m');
    await mkdir(join(at, 'outbox'), { mode: 0o755 });
    await chown(at, 0, 0);
    const through = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const outbox = startAsked({ directory: join(at, 'outbox'), books: openBooks(), through });
    const { refused } = await outbox.put(1);
    expect(refused).toMatchObject([{ code: 'STORE_UNWRITABLE' }]);
  });
});
