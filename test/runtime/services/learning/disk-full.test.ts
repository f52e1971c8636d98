import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegistry } from '../../../../runtime/models/registry/index.ts';
import { twoKinds, workplace } from './support.ts';

/** Small file systems, which only root may mount. */
let root: string;
const mounted: string[] = [];
const possible = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function mount(name: string, kilobytes: number): string {
  const place = join(root, name);
  mkdirSync(place);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', place]);
  mounted.push(place);
  return place;
}

function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'millrace-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'millrace-full-'));
});
afterAll(() => {
  for (const place of mounted) execFileSync('umount', ['-l', place]);
  rmSync(root, { recursive: true, force: true });
});

describe.skipIf(!possible)('a training whose disk is full', () => {
  /** A model that holds every row: more than half a megabyte. */
  const request = {
    dataSet: 'many',
    model: 'many',
    choices: { trainer: 'nearest-neighbours', calibrate: 'off' },
  } as const;
  const rows = () => twoKinds(1000, 80);

  it('says so when the package is written, and leaves nothing', async () => {
    const directory = mount('staging', 128);
    await using place = await workplace({ directory });
    await place.fill('many', rows());
    const { state, error } = await (await place.learning.train(request)).ended;
    expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'TRAINING_DISK_FULL' });
    expect(readdirSync(join(directory, 'staging'))).toEqual([]);
    expect(await place.models.list()).toEqual([]);
  });

  it('says so when the version is stored, and leaves no half one', async () => {
    const directory = mount('models', 384);
    const models = openRegistry({ layers: [], directory, follow: false });
    await using place = await workplace({ models });
    await place.fill('many', rows());
    const { state, error } = await (await place.learning.train(request)).ended;
    expect({ state, code: error?.code }).toEqual({ state: 'failed', code: 'TRAINING_DISK_FULL' });
    expect(await models.list()).toEqual([]);
    expect(readdirSync(join(place.directory, 'learning/staging'))).toEqual([]);
    await models.close();
  });
});
