import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acceptRelease, packBundle, readBundle, signBundle, statedRelease } from '../../../runtime/bundle/index.ts';
import { newKey, rootOf } from '../../support/bundles.ts';
import { chain, packing } from '../../support/packing.ts';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;

async function opened(bytes: Uint8Array) {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-sign-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  writeFileSync(join(directory, 'b.mrb'), bytes);
  return await readBundle(join(directory, 'b.mrb'));
}

const sample = async () => (await packBundle(packing(chain({}, { type: 'infer' })))).bytes;
const here = { group: 'any', runtime: '0.1.0', architecture: 'linux-x64', now: NOW };

describe('a signed bundle', () => {
  it('is accepted where its key is trusted, and is the bundle that it was', async () => {
    const key = newKey();
    const bytes = await sample();
    const { bytes: file, release } = signBundle(bytes, { keys: [key], now: NOW });
    const bundle = await opened(file);
    expect(acceptRelease(bundle, { ...here, root: rootOf([key]) })).toEqual(release);
    expect(bundle.digest).toBe((await opened(bytes)).digest);
    // It grows by itself, and lasts a year.
    expect(release).toMatchObject({ group: 'any', issued: NOW, expires: NOW + 365 * DAY });
    const later = signBundle(bytes, { keys: [key], now: NOW + 60_000 });
    expect(later.release.version).toBe(release.version + 1);
  });

  it('says what it was told to say, also in place of what it said before', async () => {
    const [first, second] = [newKey(), newKey()];
    const once = signBundle(await sample(), { keys: [first], now: NOW, version: 1, group: 'old' });
    const twice = signBundle(once.bytes, {
      keys: [first, second],
      now: NOW,
      version: 7,
      group: 'hall',
      expires: NOW + DAY,
    });
    const bundle = await opened(twice.bytes);
    expect(statedRelease(bundle)).toMatchObject({ version: 7, group: 'hall', expires: NOW + DAY });
    const both = rootOf([first, second], 2);
    expect(acceptRelease(bundle, { ...here, group: 'hall', root: both }).version).toBe(7);
  });

  it('is not made of one that is damaged', async () => {
    const bytes = Buffer.from(await sample());
    const options = { keys: [newKey()], now: NOW };
    const altered = Buffer.from(bytes);
    altered[bytes.lastIndexOf('"infer"') + 1] = 0x49;
    expect(() => signBundle(altered, options)).toThrow(expect.objectContaining({ code: 'BUNDLE_ALTERED' }));
    expect(() => signBundle(bytes.subarray(0, 3000), options)).toThrow(expect.objectContaining({ code: 'BUNDLE_CUT' }));
    expect(() => signBundle(Buffer.from('no tar at all'.repeat(100)), options)).toThrow(
      expect.objectContaining({ code: 'BUNDLE_INVALID' }),
    );
  });

  it.each([
    ['a version below 0', { version: -1 }],
    ['a version between two', { version: 1.5 }],
    ['an expiry that is over', { expires: NOW - 1 }],
    ['a group without a name', { group: ' ' }],
    ['no key', { keys: [] }],
  ])('is not made with %s', async (_, wrong) => {
    const bytes = await sample();
    expect(() => signBundle(bytes, { keys: [newKey()], now: NOW, ...wrong })).toThrow(
      expect.objectContaining({ code: 'RELEASE_INVALID' }),
    );
  });
});
