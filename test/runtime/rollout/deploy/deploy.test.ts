import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { MillraceError } from '../../../../runtime/base/index.ts';
import { checkUnpacked } from '../../../../runtime/bundle/index.ts';
import { sha256 } from '../../../support/bundles.ts';
import { createRig, otherKey, PROBATION, release, type Rig, rulesOf, vitalsAt } from './rig.ts';

let rig: Rig;
afterEach(() => rig.end());

async function rigWith(...versions: number[]): Promise<Rig> {
  rig = await createRig();
  await rig.open();
  for (const version of versions) await rig.deployAndHold(release(version));
  return rig;
}

const failure = { kind: 'crashed', text: 'it ended with 1' } as const;
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error: unknown) => (error as MillraceError).code,
  );

describe('a deploy', () => {
  it('has nothing to start before the first', async () => {
    await rigWith();
    expect(await rig.rollout.starting()).toBeUndefined();
    expect(rig.rollout.status()).toEqual({ state: 'idle' });
  });

  it('unpacks beside, is started, watched, and becomes the last good one', async () => {
    await rigWith(1);
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
    await rigWith(1);
    const next = release(2);
    const { missing } = await rig.rollout.offer(next.offer);
    expect(missing).toHaveLength(1);
    expect(await rig.send(next, missing)).toBe('content 2'.length);
  });

  it('asks again for a file that the disk has spoilt in the slot', async () => {
    await rigWith(1);
    const file = join(rig.directory, 'slots/a/recordings/same.bin');
    await chmod(file, 0o600);
    await writeFile(file, 'the same in all of then'.repeat(9));
    const { missing } = await rig.rollout.offer(release(2).offer);
    expect(missing).toHaveLength(2);
  });

  it('goes on where it stopped', async () => {
    await rigWith();
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
    const again = await rig.rollout.offer(made.offer);
    expect(again).toEqual({ missing: others, held: { [second]: 5 } });
    await rig.send(made, again.missing, 4, again.held);
    await rig.rollout.install();
    await rig.rollout.settled();
    expect(rig.rollout.status().state).toBe('switching');
  });

  it('from a file needs no line to anybody', async () => {
    await rigWith(1);
    const made = release(2);
    const file = await rig.file(made);
    expect(await rig.rollout.take(file)).toMatchObject({ version: 2, digest: made.digest });
    // The stick is pulled as soon as the gateway says that it has it.
    await rm(file);
    await rig.rollout.settled();
    expect(await rig.start()).toMatchObject({ release: { version: 2 }, candidate: true });
  });

  it('from a file that is not what it was is refused to whoever brought it', async () => {
    await rigWith(1);
    const file = await rig.file(release(2));
    const bytes = await readFile(file);
    bytes[bytes.indexOf('content 2')] = 0x43;
    await writeFile(file, bytes);
    expect(await codeOf(rig.rollout.take(file))).toBe('BUNDLE_ALTERED');
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 1 } });
    expect(rig.events.at(-1)).toMatchObject({ kind: 'refused', release: { version: 2 } });
  });

  it('of what runs already changes nothing', async () => {
    await rigWith(1);
    expect(await rig.rollout.offer(release(1).offer)).toEqual({ missing: [] });
    await rig.rollout.install();
    expect(rig.rollout.status().state).toBe('idle');
    expect(rig.events.at(-1)).toMatchObject({ kind: 'deployed', text: '"pump" 1 runs already' });
  });

  it('of what runs, but was spoilt on the disk, puts it there anew', async () => {
    await rigWith(1);
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
    await rigWith(1);
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
    await rigWith(1);
    const two = release(2, 'x'.repeat(100));
    const { missing } = await rig.rollout.offer(two.offer);
    await rig.send(two, missing);
    rig.clock.goTo(rig.clock.monotonic() + 61_000);
    expect(await codeOf(rig.rollout.install())).toBe('DEPLOY_NOT_OFFERED');
    expect(await rig.rollout.offer(two.offer)).toEqual({ missing: [] });
  });

  it('is not taken for one whose sender is gone while the gateway itself takes its time', async () => {
    await rigWith(1);
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
    await rigWith(3);
    expect(await codeOf(rig.rollout.offer(release(2).offer))).toBe('RELEASE_OLDER');
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 3 } });
  });

  it('of an older version is refused also after going back, until the gateway trusts others', async () => {
    await rigWith(1, 3);
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
    await rigWith();
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
    await rigWith(1);
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

describe('a new bundle', () => {
  it('that fails three times goes back, and says so when the one before it runs', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 } });
      await rig.rollout.failed(failure);
    }
    expect(rig.rollout.status().state).toBe('rolling-back');
    expect(await rig.start()).toMatchObject({ release: { version: 1 }, candidate: false });
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', problem: { code: 'BUNDLE_NOT_STARTED' } });
    const event = rig.events.at(-1);
    expect(event).toMatchObject({ kind: 'rolled-back', release: { version: 2 } });
    expect(event?.text).toContain('"pump" 1 runs again: "pump" 2 was started 3 times');
  });

  it('that ends the power with each start goes back too: starts are counted before', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 } });
      await rig.rollout.close();
      await rig.open();
    }
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
  });

  it('that is not up in time is started anew, and goes back after the third', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      const before = rig.restarts();
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 } });
      rig.clock.goTo(rig.clock.monotonic() + 301_000);
      expect(rig.restarts()).toBe(before + 1);
      await rig.rollout.ended();
    }
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
    expect(rig.rollout.status().problem?.message).toContain('it was not up after 300 s');
  });

  it('that is stopped or started anew in order, however often, is still on trial', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    for (let i = 0; i < 5; i++) {
      expect(await rig.start()).toMatchObject({ release: { version: 2 }, candidate: true });
      await rig.run(2_000);
      await rig.rollout.ended();
      if (i % 2 === 0) continue;
      await rig.rollout.close();
      await rig.open();
    }
    for (let i = 0; i < 2; i++) {
      await rig.rollout.starting();
      await rig.rollout.failed(failure);
    }
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
    await rig.run(PROBATION + 1_000);
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
  });

  it('that is not well goes back, with the reason', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    const before = rig.restarts();
    await rig.run(5_000, () => ({ vectors: { checked: 2, failed: ['pump-health'] } }));
    expect(rig.restarts()).toBe(before + 1);
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    expect(rig.rollout.status().problem).toMatchObject({ code: 'BUNDLE_UNHEALTHY' });
    expect(rig.rollout.status().problem?.message).toContain('"pump-health"');
  });

  it('is judged against the bundle before it', async () => {
    await rigWith(1);
    await rig.rollout.starting();
    await rig.rollout.up();
    const errors = (perMinute: number) => (uptime: number) => ({ errors: (uptime / 60_000) * perMinute });
    await rig.run(120_000, errors(30));
    await rig.deploy(release(2));
    await rig.start();
    await rig.run(PROBATION + 1_000, errors(60));
    expect(rig.rollout.status().running?.version).toBe(2);
  });

  it('with nothing before it is tried on for ever, and a better one takes its place', async () => {
    await rigWith();
    await rig.deploy(release(1));
    for (let i = 0; i < 12; i++) {
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
      expect(await rig.rollout.failed(failure)).toBeLessThanOrEqual(300_000);
    }
    // It runs for want of another one, and nobody is told that it was deployed.
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', held: false, problem: { code: 'BUNDLE_NOT_STARTED' } });
    expect(rig.events).toMatchObject([{ kind: 'refused', release: { version: 1 } }]);
    expect(await codeOf(rig.rollout.rollBack())).toBe('NOTHING_TO_GO_BACK_TO');
    await rig.deployAndHold(release(2));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
    // What never held is nothing to go back to.
    expect(await codeOf(rig.rollout.rollBack())).toBe('NOTHING_TO_GO_BACK_TO');
  });

  it('with nothing before it may hold in the end, and is then as good as any', async () => {
    await rigWith();
    await rig.deploy(release(2));
    for (let i = 0; i < 3; i++) {
      await rig.rollout.starting();
      await rig.rollout.failed(failure);
    }
    // Somebody plugs the sensor in.
    await rig.start();
    await rig.run(PROBATION + 1_000);
    expect(rig.events.at(-1)).toMatchObject({ kind: 'deployed', release: { version: 2 } });
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', held: true });
    expect(rig.rollout.status().problem).toBeUndefined();
    expect(await codeOf(rig.rollout.offer(release(1).offer))).toBe('RELEASE_OLDER');
  });

  it('with nothing before it, that did not hold, is tried anew when it is deployed again', async () => {
    await rigWith();
    await rig.deploy(release(1));
    for (let i = 0; i < 3; i++) {
      await rig.rollout.starting();
      await rig.rollout.failed(failure);
    }
    await rig.deployAndHold(release(1));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', held: true, running: { version: 1 } });
  });

  it('is not the last good one before all of its models are checked', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    const vectors = (pending: number) => () => ({ vectors: { checked: 1, failed: [], pending } });
    await rig.run(PROBATION + 5_000, vectors(1));
    expect(rig.rollout.status()).toMatchObject({ state: 'probation' });
    await rig.run(1_000, vectors(0));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 }, held: true });
  });

  it('is not gone back from in the moment in which it becomes the last good one', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    await rig.run(PROBATION - 1_000);
    rig.clock.goTo(rig.clock.monotonic() + 2_000);
    rig.rollout.beat(vitalsAt(PROBATION));
    const before = rig.restarts();
    expect(await codeOf(rig.rollout.rollBack())).toBe('DEPLOY_BUSY');
    await rig.rollout.settled();
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 } });
    expect(rig.restarts()).toBe(before);
  });

  it('can be left by hand while it is watched', async () => {
    await rigWith(1);
    await rig.deploy(release(2));
    await rig.start();
    await rig.rollout.rollBack();
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    expect(rig.rollout.status().problem?.code).toBe('ROLLED_BACK_BY_HAND');
  });
});

describe('a bundle that had held', () => {
  it('and then keeps failing is left for the one before it, once', async () => {
    await rigWith(1, 2);
    const failures = async () => {
      for (let i = 0; i < 5; i++) {
        await rig.rollout.starting();
        await rig.rollout.failed(failure);
      }
    };
    await failures();
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    expect(rig.events.at(-1)).toMatchObject({ kind: 'rolled-back', release: { version: 2 } });
    // The other was left for this one: nobody is any the better for going there again.
    await failures();
    await failures();
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
  });

  it('waits longer before each start, up to five minutes', async () => {
    await rigWith(1);
    const pauses: number[] = [];
    for (let i = 0; i < 12; i++) {
      await rig.rollout.starting();
      pauses.push(await rig.rollout.failed(failure));
    }
    expect(pauses.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(pauses.at(-1)).toBe(300_000);
    // Once it has held again the pauses are short again.
    await rig.start();
    await rig.run(PROBATION + 1_000);
    expect(await rig.rollout.failed(failure)).toBe(1_000);
  });

  it('is gone back from and to by hand', async () => {
    await rigWith(1, 2);
    await rig.rollout.rollBack();
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    await rig.rollout.rollBack();
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
  });
});

describe('what the disk says', () => {
  it('is not believed where it is damaged: the slots themselves say what is whole, and which has held', async () => {
    await rigWith(1, 2);
    await rig.deploy(release(3));
    await rig.rollout.close();
    for (const text of ['', '{"check": "0", "content": {}}', (await state()).replace('"switching"', '"idle"')]) {
      await writeFile(join(rig.directory, 'state.json'), text);
      await rig.open();
      expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 }, candidate: false });
      expect(await codeOf(rig.rollout.offer(release(1).offer))).toBe('RELEASE_OLDER');
      await rig.rollout.close();
    }
  });

  it('is told beside it how new a release must be: what the slots hold may be older', async () => {
    await rigWith(1, 3);
    await rig.rollout.rollBack();
    await rig.start();
    await rig.rollout.close();
    await rm(join(rig.directory, 'slots/b'), { recursive: true });
    await writeFile(join(rig.directory, 'state.json'), 'x');
    await rig.open();
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
    expect(await codeOf(rig.rollout.offer(release(2).offer))).toBe('RELEASE_OLDER');
  });

  it.each(['state.json', 'slots/a'])('without %s does not choose a bundle that failed its own tests', async (gone) => {
    await rigWith(1);
    await rig.rollout.close();
    await rig.open({
      judges: { fit: () => Promise.resolve({}), test: () => Promise.reject(new Error('a test fails')) },
    });
    await rig.deploy(release(2));
    await rig.rollout.close();
    await rm(join(rig.directory, 'slots/a'), { recursive: true });
    await rm(join(rig.directory, gone), { recursive: true, force: true });
    await rig.open();
    expect(await rig.rollout.starting()).toBeUndefined();
    await rig.deployAndHold(release(3));
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 3 } });
  });

  it('keeps nothing of what was left half done', async () => {
    await rigWith(1);
    await rig.rollout.close();
    const left = ['lent-01a2b3c4-0000-7000-8000-000000000000.mrb', 'newest.json.01a2b3c4-0000-7000.draft'];
    for (const name of left) await writeFile(join(rig.directory, name), '');
    await rig.open();
    expect((await readdir(rig.directory)).filter((name) => left.includes(name))).toEqual([]);
  });

  it('does not choose a slot that is gone', async () => {
    await rigWith(1, 2);
    await rig.rollout.close();
    await rm(join(rig.directory, 'slots/b'), { recursive: true });
    await rig.open();
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
  });

  it('of a newer Millrace is left alone: what has held runs, and nothing new is taken', async () => {
    await rigWith(1, 2);
    await rig.rollout.close();
    const content = { format: 2 };
    const text = JSON.stringify({ check: sha256(JSON.stringify(content)), content });
    await writeFile(join(rig.directory, 'state.json'), text);
    await rig.open();
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', problem: { code: 'ROLLOUT_STATE_TOO_NEW' } });
    expect(await rig.start()).toMatchObject({ release: { version: 2 }, candidate: false });
    expect(await codeOf(rig.rollout.offer(release(3).offer))).toBe('ROLLOUT_STATE_TOO_NEW');
    expect(await codeOf(rig.rollout.rollBack())).toBe('ROLLOUT_STATE_TOO_NEW');
    expect(await rig.rollout.failed(failure)).toBe(1_000);
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
    expect(await state()).toBe(text);
  });
});

const state = () => readFile(join(rig.directory, 'state.json'), 'utf8');

const zstd = (bytes: Uint8Array) => zstdCompressSync(bytes);
