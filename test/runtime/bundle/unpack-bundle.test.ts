import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  assembleBundle,
  checkUnpacked,
  parseBundle,
  removeBundle,
  unpackBundle,
} from '../../../runtime/bundle/index.ts';
import { bundleOf, mrb, newKey, sha256, signed } from '../../support/bundles.ts';

const isRoot = process.getuid?.() === 0;

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-unpack-'));
  onTestFinished(() => removeBundle(directory));
  return directory;
}

function write(directory: string, bytes: Uint8Array): string {
  const file = join(directory, 'pump.mrb');
  writeFileSync(file, bytes);
  return file;
}

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe('unpacking a bundle', () => {
  it('writes every file, read-only, in folders to which nothing can be added', async () => {
    const place = folder();
    const bundle = bundleOf({ files: { 'models/pump/1.0.0/model.onnx': 'weights' } });
    await unpackBundle(write(place, mrb(bundle, signed(bundle, [newKey()]))), join(place, 'a'));
    for (const [path, bytes] of bundle.files) {
      expect(readFileSync(join(place, 'a', path)), path).toEqual(bytes);
      expect(modeOf(join(place, 'a', path)), path).toBe('444');
    }
    for (const path of ['', 'flows', 'models', 'models/pump/1.0.0']) expect(modeOf(join(place, 'a', path))).toBe('555');
    expect(readdirSync(join(place, 'a')).sort()).toEqual(['bundle.json', 'flows', 'models', 'release.dsse.json']);
    await checkUnpacked(join(place, 'a'));
  });

  it('takes the place of the bundle that was there', async () => {
    const place = folder();
    await unpackBundle(write(place, mrb(bundleOf({ files: { 'old.txt': 'old' } }))), join(place, 'a'));
    await unpackBundle(write(place, mrb(bundleOf({ files: { 'new.txt': 'new' } }))), join(place, 'a'));
    expect(readdirSync(join(place, 'a'))).toContain('new.txt');
    expect(readdirSync(join(place, 'a'))).not.toContain('old.txt');
  });

  it('leaves what was there, and nothing of its own, where a file is not what it should be', async () => {
    const place = folder();
    await unpackBundle(write(place, mrb(bundleOf({ files: { 'a.txt': 'good' } }))), join(place, 'a'));
    const bad = bundleOf({ files: { 'a.txt': 'evil' } });
    const tar = mrb(bad);
    tar.write('EVIL', tar.lastIndexOf('evil'));
    await expect(unpackBundle(write(place, tar), join(place, 'a'))).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    expect(readFileSync(join(place, 'a', 'a.txt'), 'utf8')).toBe('good');
    expect(readdirSync(place).sort()).toEqual(['a', 'pump.mrb']);
  });

  it('takes the bundle that was accepted, and no other that has come to its place', async () => {
    const place = folder();
    const file = write(place, mrb(bundleOf()));
    const { digest } = parseBundle('other', bundleOf({ name: 'other' }).text);
    await expect(unpackBundle(file, join(place, 'a'), { digest })).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    expect(readdirSync(place)).toEqual(['pump.mrb']);
  });

  it('puts together what came file by file, and finds the one that is missing or wrong', async () => {
    const place = folder();
    const made = bundleOf({ files: { 'a.txt': 'hello', 'b.txt': 'hello' } });
    const bundle = parseBundle('pump', made.text, signed(made, [newKey()]));
    mkdirSync(join(place, 'incoming'));
    for (const bytes of made.files.values()) writeFileSync(join(place, 'incoming', sha256(bytes)), bytes);
    const fileOf = (digest: string) => join(place, 'incoming', digest);
    const { digest, envelope } = await assembleBundle(bundle, fileOf, join(place, 'a'));
    expect({ digest, envelope }).toEqual({ digest: bundle.digest, envelope: bundle.envelope });
    await checkUnpacked(join(place, 'a'));

    const again = () => assembleBundle(bundle, fileOf, join(place, 'b'));
    writeFileSync(fileOf(sha256('hello')), 'hallo');
    await expect(again()).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    writeFileSync(fileOf(sha256('hello')), 'hell');
    await expect(again()).rejects.toMatchObject({ code: 'BUNDLE_CUT' });
    writeFileSync(fileOf(sha256('hello')), 'hello, hello');
    await expect(again()).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    rmSync(fileOf(sha256('hello')));
    await expect(again()).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
    expect(readdirSync(place).sort()).toEqual(['a', 'incoming']);
  });

  it('clears away what a power cut has left of a bundle before', async () => {
    const place = folder();
    const left = join(place, 'a.partial-0b0e4a3c-5a57-4c8e-9d0f-3a9a4a1f6c11');
    mkdirSync(join(left, 'flows'), { recursive: true });
    writeFileSync(join(left, 'flows', 'one.json'), 'half of');
    mkdirSync(join(place, 'a.mine'));
    await unpackBundle(write(place, mrb(bundleOf())), join(place, 'a'));
    expect(readdirSync(place).sort()).toEqual(['a', 'a.mine', 'pump.mrb']);
  });

  it('says where it cannot write', async () => {
    const place = folder();
    const file = write(place, mrb(bundleOf()));
    await expect(unpackBundle(file, join(place, 'nowhere', 'a'))).rejects.toMatchObject({
      code: 'BUNDLE_NOT_UNPACKED',
      message: expect.stringContaining('nowhere') as unknown,
    });
  });
});

describe.skipIf(!isRoot && !process.env['CI'])('a full disk', () => {
  function smallDisk(): string {
    const directory = mkdtempSync(join(tmpdir(), 'millrace-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', directory]);
    onTestFinished(() => {
      execFileSync('umount', ['-l', directory]);
      rmSync(directory, { recursive: true, force: true });
    });
    return directory;
  }

  // Random, and many small ones: a file takes at least a page, and so more than the description says.
  const small = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`recordings/${i}`, `${i}`]));

  it.each([
    ['before anything is written', { 'models/big.bin': Buffer.alloc(3_000_000, 1) }],
    ['in the middle of unpacking', small],
  ])('is said, %s, and nothing is left of it: what was there stays', async (_, files) => {
    const place = folder();
    const disk = smallDisk();
    await unpackBundle(write(place, mrb(bundleOf())), join(disk, 'a'));
    const free = statfsSync(disk).bavail;
    const file = write(place, mrb(bundleOf({ files })));
    await expect(unpackBundle(file, join(disk, 'a'))).rejects.toMatchObject({ code: 'BUNDLE_NO_ROOM' });
    expect(readdirSync(disk)).toEqual(['a']);
    expect(statfsSync(disk).bavail).toBe(free);
    await checkUnpacked(join(disk, 'a'));
  });
});
