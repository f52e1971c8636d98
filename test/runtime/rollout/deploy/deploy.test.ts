import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { MillraceError } from '../../../../runtime/base/index.ts';
import { checkUnpacked } from '../../../../runtime/bundle/index.ts';
import { codeOf, createRig, otherKey, PROBATION, release, type Rig, rigWith, rulesOf } from './rig.ts';

let rig: Rig;
afterEach(() => rig.end());

describe('a deploy', () => {
  it('has nothing to start before the first', async () => {
    rig = await rigWith();
    expect(await rig.rollout.starting()).toBeUndefined();
    expect(rig.rollout.status()).toEqual({ state: 'idle' });
  });

  it('unpacks beside, is started, watched, and becomes the last good one', async () => {
    rig = await rigWith(1);
    const next = release(2);
    await rig.deploy(next);
    expect(rig.rollout.status()).toMatchObject({
      state: 'switching',
      running: { version: 2 },
      previous: { version: 1 },
    });
    const started = await rig.start();
    expect(started).toMatchObject({ slot: 'b', candidate: true, release: { version: 2 } });
    expect((await checkUnpacked(started?.directory ?? '')).digest).toBe(next.digest);
    await rig.run(PROBATION - 1_000);
    expect(rig.rollout.status()).toMatchObject({ state: 'probation', candidate: { version: 2 } });
    await rig.run(2_000);
    expect(rig.rollout.status()).toMatchObject({ running: { version: 2 }, previous: { version: 1 } });
    expect(rig.events.filter(({ kind }) => kind === 'deployed').map((event) => event.release?.version)).toEqual([1, 2]);
    expect(await readdir(join(rig.directory, 'incoming'))).toEqual([]);
  });

  it('says what it took, beside what was estimated', async () => {
    rig = await createRig();
    const fit = () => Promise.resolve({ memoryBytes: 40e6, startMs: 4_000 });
    await rig.open({ judges: { fit, test: () => Promise.resolve() } });
    await rig.deploy(release(1));
    await rig.rollout.starting();
    rig.clock.goTo(rig.clock.monotonic() + 5_000);
    await rig.rollout.up();
    await rig.run(PROBATION + 1_000);
    expect(rig.events.at(-1)?.text).toBe(
      '"pump" 1 holds; takes 100 MB of memory (estimated: 40 MB, far too little); started in 5.0 s (estimated: 4.0 s)',
    );
  });

  it('sends only files that are in neither slot', async () => {
    rig = await rigWith(1);
    const next = release(2);
    const { missing } = await rig.rollout.offer(next.offer);
    expect(missing).toHaveLength(1);
    expect(await rig.send(next, missing)).toBe('content 2'.length);
  });

  it('asks again for a file that the disk has spoilt in the slot', async () => {
    rig = await rigWith(1);
    const file = join(rig.directory, 'slots/a/recordings/same.bin');
    await chmod(file, 0o600);
    await writeFile(file, 'the same in all of then'.repeat(9));
    const { missing } = await rig.rollout.offer(release(2).offer);
    expect(missing).toHaveLength(2);
  });

  it('goes on where it stopped', async () => {
    rig = await rigWith();
    const made = release(1);
    const { missing } = await rig.rollout.offer(made.offer);
    const [first = '', ...others] = missing;
    await rig.send(made, [first]);
    const [second = ''] = others;
    const piece = made.bytes.get(second)?.subarray(0, 5) ?? Buffer.alloc(0);
    await rig.rollout.receive({ file: second, offset: 0, bytes: zstd(piece), last: false });
    // The gateway is switched off and on, and the studio offers once more.
    await rig.rollout.close();
    await rig.open();
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', problem: { code: 'DEPLOY_CUT_OFF' } });
    // No end of the deploy to who sends it.
    expect(rig.events.at(-1)).toMatchObject({ kind: 'note', release: { version: 1 } });
    const again = await rig.rollout.offer(made.offer);
    expect(again).toEqual({ missing: others, held: { [second]: 5 } });
    await rig.send(made, again.missing, 4, again.held);
    await rig.rollout.install();
    await rig.rollout.settled();
    expect(rig.rollout.status().state).toBe('switching');
  });

  it('is let go of where who sends it wants it no more, and not when it is installed', async () => {
    rig = await rigWith(1);
    const { missing } = await rig.rollout.offer(release(2).offer);
    await rig.rollout.withdraw();
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 1 } });
    expect(rig.rollout.status().candidate).toBeUndefined();
    expect(await codeOf(rig.rollout.install())).toBe('DEPLOY_NOT_OFFERED');
    // Another one has its turn at once.
    const next = release(3);
    expect(await rig.send(next, (await rig.rollout.offer(next.offer)).missing)).toBe('content 3'.length);
    expect(missing).toHaveLength(1);
    await rig.rollout.install();
    await rig.rollout.withdraw();
    await rig.rollout.settled();
    expect(rig.rollout.status()).toMatchObject({ state: 'switching', candidate: { version: 3 } });
    await rig.rollout.withdraw();
    expect(rig.rollout.status().state).toBe('switching');
  });

  it('from a file needs no line to anybody', async () => {
    rig = await rigWith(1);
    const made = release(2);
    const file = await rig.file(made);
    expect(await rig.rollout.take(file)).toMatchObject({ version: 2, digest: made.digest });
    // The stick is pulled as soon as the gateway says that it has it.
    await rm(file);
    await rig.rollout.settled();
    expect(await rig.start()).toMatchObject({ release: { version: 2 }, candidate: true });
  });

  it('from a file that is not what it was is refused to whoever brought it', async () => {
    rig = await rigWith(1);
    const file = await rig.file(release(2));
    const bytes = await readFile(file);
    bytes[bytes.indexOf('content 2')] = 0x43;
    await writeFile(file, bytes);
    expect(await codeOf(rig.rollout.take(file))).toBe('BUNDLE_ALTERED');
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 1 } });
    expect(rig.events.at(-1)).toMatchObject({ kind: 'refused', release: { version: 2 } });
  });

  it('of what runs already changes nothing', async () => {
    rig = await rigWith(1);
    expect(await rig.rollout.offer(release(1).offer)).toEqual({ missing: [] });
    await rig.rollout.install();
    expect(rig.rollout.status().state).toBe('idle');
    expect(rig.events.at(-1)).toMatchObject({ kind: 'deployed', text: '"pump" 1 runs already' });
  });

  it('of what runs, but was spoilt on the disk, puts it there anew', async () => {
    rig = await rigWith(1);
    const spoilt = join(rig.directory, 'slots/a/tests/own.json');
    await chmod(spoilt, 0o600);
    await writeFile(spoilt, 'content !');
    await rig.rollout.take(await rig.file(release(1)));
    await rig.rollout.settled();
    const started = await rig.start();
    expect(started).toMatchObject({ release: { version: 1 }, candidate: true });
    await checkUnpacked(started?.directory ?? '');
    await rig.run(PROBATION + 1_000);
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', held: true });
    // What it replaces is nothing to go back to.
    expect(await codeOf(rig.rollout.rollBack())).toBe('NOTHING_TO_GO_BACK_TO');
  });

  it('is refused while another is under way, which goes on', async () => {
    rig = await rigWith(1);
    const two = release(2);
    const { missing } = await rig.rollout.offer(two.offer);
    expect(await codeOf(rig.rollout.offer(release(3).offer))).toBe('DEPLOY_BUSY');
    expect(await codeOf(rig.rollout.rollBack())).toBe('DEPLOY_BUSY');
    await rig.send(two, missing);
    await rig.rollout.install();
    await rig.rollout.settled();
    expect(await codeOf(rig.rollout.offer(release(3).offer))).toBe('DEPLOY_BUSY');
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
  });

  it('whose sender is gone is dropped, and what had come is kept', async () => {
    rig = await rigWith(1);
    const two = release(2, 'x'.repeat(100));
    const { missing } = await rig.rollout.offer(two.offer);
    await rig.send(two, missing);
    rig.clock.goTo(rig.clock.monotonic() + 61_000);
    expect(await codeOf(rig.rollout.install())).toBe('DEPLOY_NOT_OFFERED');
    expect(await rig.rollout.offer(two.offer)).toEqual({ missing: [] });
  });

  it('is not taken for one whose sender is gone while the gateway itself takes its time', async () => {
    rig = await rigWith(1);
    const two = release(2);
    const stop = rig.rollout.onStatus(() => {
      stop();
      // Just when it reads what it has already.
      setImmediate(() => rig.clock.goTo(rig.clock.monotonic() + 61_000));
    });
    const { missing } = await rig.rollout.offer(two.offer);
    await rig.send(two, missing);
    await rig.rollout.install();
    await rig.rollout.settled();
    expect(rig.rollout.status().state).toBe('switching');
  });

  it('of an older version is refused', async () => {
    rig = await rigWith(3);
    expect(await codeOf(rig.rollout.offer(release(2).offer))).toBe('RELEASE_OLDER');
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 3 } });
  });

  it('of an older version is refused also after going back, until the gateway trusts others', async () => {
    rig = await rigWith(1, 3);
    await rig.rollout.rollBack();
    await rig.start();
    expect(rig.rollout.status()).toMatchObject({ running: { version: 1 }, newest: { version: 3 } });
    expect(await codeOf(rig.rollout.offer(release(2).offer))).toBe('RELEASE_OLDER');
    await rig.rollout.close();
    // It is given to somebody else, who has counted releases from 1 himself.
    await rig.open({ rules: () => Promise.resolve(rulesOf(otherKey)) });
    await rig.deployAndHold(release(2, 'theirs', {}, otherKey));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
    expect(await codeOf(rig.rollout.offer(release(1, 'theirs', {}, otherKey).offer))).toBe('RELEASE_OLDER');
  });

  it('with a wrong file, a wrong piece or too few of them is refused', async () => {
    rig = await rigWith();
    const made = release(1);
    const { missing } = await rig.rollout.offer(made.offer);
    const [file = ''] = missing;
    const length = made.bytes.get(file)?.length ?? 0;
    expect(await codeOf(rig.rollout.install())).toBe('DEPLOY_INCOMPLETE');
    const piece = (offset: number, bytes: Uint8Array<ArrayBuffer>) =>
      rig.rollout.receive({ file, offset, bytes, last: true });
    expect(await codeOf(piece(7, zstd(Buffer.from('x'))))).toBe('DEPLOY_PART_WRONG');
    expect(await codeOf(piece(0, Buffer.from('no zstd')))).toBe('DEPLOY_PART_WRONG');
    expect(await codeOf(piece(0, zstd(Buffer.alloc(length))))).toBe('DEPLOY_PART_WRONG');
    // What decompresses to more than a piece may hold.
    expect(await codeOf(piece(0, zstd(Buffer.alloc(50_000_000))))).toBe('DEPLOY_PART_WRONG');
    expect(
      await codeOf(rig.rollout.receive({ file: 'f'.repeat(64), offset: 0, bytes: zstd(Buffer.alloc(1)), last: true })),
    ).toBe('DEPLOY_NOT_OFFERED');
    await rig.send(made, missing);
    await rig.rollout.install();
  });

  it.each(['fit', 'test'] as const)('that does not pass "%s" never runs', async (judge) => {
    rig = await rigWith(1);
    await rig.rollout.close();
    const no = new MillraceError({ code: 'NO', title: 'no', message: 'not this one', hint: 'another one' });
    const judges = { fit: () => Promise.resolve({}), test: () => Promise.resolve(), [judge]: () => Promise.reject(no) };
    await rig.open({ judges });
    await rig.deploy(release(2));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 1 }, problem: { code: 'NO' } });
    expect(rig.events.at(-1)).toMatchObject({
      kind: 'refused',
      release: { version: 2 },
      problem: { hint: 'another one' },
    });
    expect(await rig.start()).toMatchObject({ release: { version: 1 }, candidate: false });
  });
});

const zstd = (bytes: Uint8Array) => zstdCompressSync(bytes);
