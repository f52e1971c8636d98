import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../support/bundles.ts';
import { codeOf, failure, release, type Rig, rigWith } from './rig.ts';

let rig: Rig;
afterEach(() => rig.end());

describe('what the disk says', () => {
  it('is not believed where it is damaged: the slots themselves say what is whole, and which has held', async () => {
    rig = await rigWith(1, 2);
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

  it('is done without where it cannot be read, and where it does not let go of what a power cut left', async () => {
    rig = await rigWith(1, 2);
    await rig.rollout.close();
    // As of a bad sector: reading it fails, and so does removing it.
    await rm(join(rig.directory, 'state.json'));
    await mkdir(join(rig.directory, 'state.json/sector'), { recursive: true });
    await mkdir(join(rig.directory, 'lent-01a2b3c4-0000-7000-8000-000000000000.mrb/sector'), { recursive: true });
    await rig.open();
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 2 }, candidate: false });
  });

  it('is told beside it how new a release must be: what the slots hold may be older', async () => {
    rig = await rigWith(1, 3);
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
    rig = await rigWith(1);
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
    rig = await rigWith(1);
    await rig.rollout.close();
    const left = ['lent-01a2b3c4-0000-7000-8000-000000000000.mrb', 'newest.json.01a2b3c4-0000-7000.draft'];
    for (const name of left) await writeFile(join(rig.directory, name), '');
    await rig.open();
    expect((await readdir(rig.directory)).filter((name) => left.includes(name))).toEqual([]);
  });

  it('does not choose a slot that is gone', async () => {
    rig = await rigWith(1, 2);
    await rig.rollout.close();
    await rm(join(rig.directory, 'slots/b'), { recursive: true });
    await rig.open();
    expect(await rig.rollout.starting()).toMatchObject({ release: { version: 1 } });
  });

  it('of a newer Millrace is left alone: what has held runs, and nothing new is taken', async () => {
    rig = await rigWith(1, 2);
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
