/** A gateway on a small disk, whose outbox goes on writing beside a deploy. Needs the right to mount: CI has it. */
import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkUnpacked } from '../../../../runtime/bundle/index.ts';

const RESERVE = 700_000;
// Limits are read when their room is loaded.
vi.stubEnv('MILLRACE_LIMIT_DEPLOY_RESERVE_BYTES', String(RESERVE));
const { createRig, release } = await import('./rig.ts');

/** A gateway that runs the first release, on a disk of 2 MB. */
async function smallGateway() {
  const disk = await mkdtemp(join(tmpdir(), 'millrace-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
  const rig = await createRig({}, disk);
  onTestFinished(async () => {
    await rig.end();
    execFileSync('umount', ['-l', disk]);
    await rm(disk, { recursive: true, force: true });
  });
  await rig.open();
  await rig.deployAndHold(release(1));
  const free = () => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };
  return { disk, rig, free };
}

/** A bundle with so many small files: each takes a page, which its description does not say. */
const manySmall = (count: number) =>
  release(2, 'many', Object.fromEntries(Array.from({ length: count }, (_, i) => [`recordings/${i}`, `${i}`])));

describe.skipIf(process.getuid?.() !== 0 && !process.env['CI'])('a full disk', () => {
  it.each(['offer', 'take'] as const)(
    'is said before anything is done (%s), with room left for what runs',
    async (how) => {
      const { rig, free } = await smallGateway();
      const made = release(2, 'big', { 'recordings/big.bin': Buffer.alloc(1_500_000, 1) });
      const elsewhere = await mkdtemp(join(tmpdir(), 'millrace-stick-'));
      onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
      const file = join(elsewhere, 'pump.mrb');
      await writeFile(file, made.mrb);
      const before = free();
      await expect(how === 'take' ? rig.rollout.take(file) : rig.rollout.offer(made.offer)).rejects.toMatchObject({
        code: 'DEPLOY_NO_ROOM',
      });
      expect(free()).toBe(before);
      expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 1 } });
    },
  );

  it.each(['offer', 'take'] as const)(
    'does not keep a bundle away because of one that was refused and that nobody can run (%s)',
    async (how) => {
      const { rig } = await smallGateway();
      const big = (version: number) =>
        release(version, 'big', { 'recordings/big.bin': Buffer.alloc(500_000, version) });
      await rig.rollout.close();
      const test = () => Promise.reject(new Error('a test fails'));
      await rig.open({ judges: { fit: () => Promise.resolve({}), test } });
      await rig.deploy(big(2));
      expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 1 } });
      await rig.rollout.close();
      await rig.open();
      if (how === 'offer') await rig.deploy(big(3));
      else await rig.rollout.take(await rig.file(big(3)));
      await rig.rollout.settled();
      expect(await rig.start()).toMatchObject({ release: { version: 3 }, candidate: true });
    },
  );

  it('in the middle of unpacking leaves what runs as it was, and room for it', async () => {
    const { rig, disk, free } = await smallGateway();
    const made = manySmall(400);
    const elsewhere = await mkdtemp(join(tmpdir(), 'millrace-stick-'));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    const file = join(elsewhere, 'pump.mrb');
    await writeFile(file, made.mrb);
    const before = free();
    // All of it would just fit: but then nothing would be left to the outbox.
    await expect(rig.rollout.take(file)).rejects.toMatchObject({ code: 'BUNDLE_NO_ROOM' });
    expect(free()).toBeGreaterThan(before - 10_000);
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 1 } });
    const started = await rig.start();
    expect(started).toMatchObject({ release: { version: 1 }, candidate: false });
    await checkUnpacked(started?.directory ?? '');
    expect(await readdir(join(rig.directory, 'slots'))).toEqual(['a', 'a.proven']);
    // With room again it is taken.
    execFileSync('mount', ['-o', 'remount,size=8m', disk]);
    await rig.rollout.take(file);
    await rig.rollout.settled();
    expect(await rig.start()).toMatchObject({ release: { version: 2 }, candidate: true });
  });
});
