import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Queue } from '../../../../runtime/outbox/queue/types.ts';
import { done, entry, queueIn, readAll, wire } from './support.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot && !process.env['CI'])
  process.stderr.write('disk-full.test.ts needs root to mount a small disk: skipped\n');

/** A disk of a few megabytes in memory, gone after the test. */
function smallDisk(megabytes: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

const freeBytes = (directory: string) => {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
};

/** Somebody else fills the disk. @returns a function that makes room again */
function fillDisk(directory: string, leave: number): () => void {
  const file = join(directory, 'somebody-else');
  const size = freeBytes(directory) - leave;
  if (size > 0) writeFileSync(file, Buffer.alloc(size));
  return () => rmSync(file, { force: true });
}

const noise = (n: number) =>
  Buffer.from(Array.from({ length: 600 }, (_, at) => (n * 31 + at * at * 7) & 255)).toString('base64');

/** Puts in until the disk is full. @returns what was taken */
async function appendUntilFull(queue: Queue, first: number) {
  const taken: number[] = [];
  for (let n = first; n < first + 20_000;) {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => n++).map(async (one) => {
        await queue.append(entry({ n: one, noise: noise(one) }));
        taken.push(one);
      }),
    );
    const failed = results.find(({ status }) => status === 'rejected');
    if (!failed) continue;
    expect((failed as PromiseRejectedResult).reason).toMatchObject({ code: 'STORE_FULL' });
    return taken;
  }
  throw new Error('the disk was never full');
}

const numbersOf = (items: Parameters<typeof wire>[0]) => wire(items).map((payload) => (payload as { n: number }).n);

describe.skipIf(!isRoot && !process.env['CI'])('a full disk', () => {
  it('keeps what was taken, can be drained, and takes again when there is room', async () => {
    const directory = smallDisk(8);
    const queue = await queueIn(directory);
    const taken = await appendUntilFull(queue, 0);
    expect(taken.length).toBeGreaterThan(1_000);
    const reader = queue.reader('cloud', 'live');
    const seen: number[] = [];
    for (let items = await reader.next(); items.length > 0; items = await reader.next()) {
      seen.push(...numbersOf(items));
      await queue.acknowledge('cloud', 'live', done(items));
      await queue.flush();
    }
    expect(seen).toEqual(taken);
    expect(queue.backlog('cloud')).toMatchObject([{ depth: 0 }]);
    const more = await appendUntilFull(queue, 100_000);
    expect(more.length).toBeGreaterThan(500);
    await queue.close();
    const again = await queueIn(directory);
    expect(numbersOf(await readAll(again.reader('cloud', 'live')))).toEqual(more);
    await again.close();
  }, 120_000);

  for (const leave of [0, 4_096, 40_960, 300_000]) {
    it(`is no harm when somebody else fills it to the last ${leave} bytes, at any moment`, async () => {
      const directory = smallDisk(12);
      let queue = await queueIn(directory);
      let first = 0;
      let waiting: number[] = [];
      for (let round = 0; round < 6; round += 1) {
        for (let n = 0; n < 100 * round; n += 1) {
          await queue.append(entry({ n: first, noise: noise(first) }));
          waiting.push(first++);
        }
        const makeRoom = fillDisk(directory, leave);
        const taken = await appendUntilFull(queue, first);
        waiting.push(...taken);
        first += 30_000;
        // Acknowledged on the full disk, and lost if that were not written.
        const items = await readAll(queue.reader('cloud', 'live'));
        expect(numbersOf(items)).toEqual(waiting);
        const half = items.slice(0, Math.ceil(items.length / 2));
        await queue.acknowledge('cloud', 'live', done(half));
        await queue.flush();
        await queue.close();
        queue = await queueIn(directory);
        waiting = waiting.slice(half.length);
        expect(queue.backlog('cloud').reduce((sum, { depth }) => sum + depth, 0)).toBe(waiting.length);
        makeRoom();
        await expect
          .poll(
            () =>
              queue.append(entry({ n: first, noise: '' })).then(
                () => true,
                () => false,
              ),
            { timeout: 60_000 },
          )
          .toBe(true);
        waiting.push(first++);
      }
      await queue.close();
    }, 120_000);
  }
});
