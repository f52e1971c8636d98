/** A gateway that begins while its disk does not give a bundle, or has lost it. */
import type * as promises from 'node:fs/promises';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { release, type Rig, rigWith } from './rig.ts';

const disk = vi.hoisted(() => ({ trouble: '' }));
vi.mock('node:fs/promises', async (original) => {
  const files = await original<typeof promises>();
  const readFile = ((path: string, options) => {
    if (disk.trouble === '' || !path.endsWith('slots/b/bundle.json')) return files.readFile(path, options);
    if (disk.trouble === 'too new') return Promise.resolve('{"format": 99}');
    return Promise.reject(Object.assign(new Error(disk.trouble), { code: disk.trouble }));
  }) as typeof files.readFile;
  return { ...files, readFile };
});

let rig: Rig;
afterEach(() => rig.end());

async function stoppedWith(...versions: number[]): Promise<void> {
  rig = await rigWith(...versions);
  await rig.rollout.close();
  rig.events.length = 0;
}

describe('a gateway whose running bundle', () => {
  it.each(['EIO', 'too new'])('cannot be read as it begins (%s) keeps it', async (trouble) => {
    await stoppedWith(1, 2);
    disk.trouble = trouble;
    await rig.open();
    disk.trouble = '';
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', running: { version: 2 }, previous: { version: 1 } });
    expect(await rig.start()).toMatchObject({ release: { version: 2 } });
    expect(rig.events).toEqual([]);
  });

  it('is gone goes back to the one before, and says why when that runs', async () => {
    await stoppedWith(1, 2);
    await rm(join(rig.directory, 'slots/b'), { recursive: true });
    await rig.open();
    // The power fails once more before anybody was told.
    await rig.rollout.close();
    await rig.open();
    expect(await rig.start()).toMatchObject({ release: { version: 1 } });
    expect(rig.rollout.status()).toMatchObject({
      ...{ state: 'idle', running: { version: 1 } },
      problem: { code: 'BUNDLE_LOST', message: expect.stringMatching(/"pump" 2 .*ENOENT/) as string },
    });
    expect(rig.events).toMatchObject([{ kind: 'rolled-back', problem: { code: 'BUNDLE_LOST' } }]);
  });

  it('is gone and was the only one says so, once, and takes another', async () => {
    await stoppedWith(1);
    await rm(join(rig.directory, 'slots/a'), { recursive: true });
    await rig.open();
    await rig.rollout.close();
    await rig.open();
    expect(await rig.rollout.starting()).toBeUndefined();
    expect(rig.rollout.status()).toMatchObject({ state: 'idle', problem: { code: 'BUNDLE_LOST' } });
    expect(rig.events).toMatchObject([{ kind: 'note', problem: { code: 'BUNDLE_LOST' } }]);
    await rig.deployAndHold(release(2));
    expect(rig.rollout.status().problem).toBeUndefined();
  });
});
