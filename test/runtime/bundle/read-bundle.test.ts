import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  canonicalText,
  checkContents,
  flowOf,
  readBundle,
  removeBundle,
  type TarEntry,
  unpackBundle,
  writeTar,
} from '../../../runtime/bundle/index.ts';
import { bundleOf, entriesOf, FLOW, mrb, newKey, signed } from '../../support/bundles.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-bundle-'));
  onTestFinished(() => removeBundle(directory));
  return directory;
}

function fileOf(bytes: Uint8Array, name = 'pump.mrb'): string {
  const file = join(folder(), name);
  writeFileSync(file, bytes);
  return file;
}

/** Reads all of it and unpacks it: what a gateway does before it believes anything. */
async function take(bytes: Uint8Array): Promise<readonly string[]> {
  const file = fileOf(bytes);
  const place = folder();
  try {
    await unpackBundle(file, join(place, 'slot'));
  } catch (error) {
    // Nothing is left of it, and nothing lies beside.
    expect(readdirSync(place)).toEqual([]);
    throw error;
  }
  return readdirSync(place);
}

/** As `writeTar` makes it, with another header for one path. */
function tarWith(entries: readonly TarEntry[], path: string, change: (header: Buffer) => void): Buffer {
  const tar = Buffer.from(writeTar(entries));
  for (let at = 0; at < tar.byteLength;) {
    const header = tar.subarray(at, at + 512);
    const name = header.toString('utf8', 0, header.indexOf(0));
    if (name === path) {
      change(header);
      header.write(' '.repeat(8), 148);
      header.write(
        `${header
          .reduce((sum, byte) => sum + byte, 0)
          .toString(8)
          .padStart(6, '0')}\0 `,
        148,
      );
      return tar;
    }
    at += 512 + Math.ceil(parseInt(header.toString('latin1', 124, 135), 8) / 512) * 512;
  }
  throw new Error(`there is no ${path}`);
}

describe('a bundle', () => {
  it('is read from its file: what it is, its flow, its signature', async () => {
    const bundle = bundleOf({ files: { 'tests/well.json': '{}' } });
    const envelope = signed(bundle, [newKey()]);
    const read = await readBundle(fileOf(mrb(bundle, envelope)));
    expect(read.manifest).toEqual(bundle.manifest);
    expect(read.text).toBe(bundle.text);
    expect(read.envelope).toEqual(envelope);
    expect(await flowOf(read)).toEqual(FLOW);
    await checkContents(read);
  });

  it('is the same read from the folder that it was unpacked to', async () => {
    const file = fileOf(mrb(bundleOf(), signed(bundleOf(), [newKey()])));
    const slot = join(folder(), 'a');
    const unpacked = await unpackBundle(file, slot);
    const { manifest, text, digest, envelope } = await readBundle(file);
    expect(unpacked).toMatchObject({ manifest, text, digest, envelope, source: slot });
    expect(await flowOf(slot)).toEqual(FLOW);
  });

  it('is listed and extracted by tar, and read from what tar has extracted', async () => {
    const file = fileOf(mrb(bundleOf()));
    const place = folder();
    expect(execFileSync('tar', ['tf', file], { encoding: 'utf8' }).split('\n')[0]).toBe('bundle.json');
    execFileSync('tar', ['xf', file, '-C', place]);
    await checkContents(await readBundle(place));
  });

  it('is not there', async () => {
    await expect(readBundle('/nowhere/pump.mrb')).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
  });

  it.each([
    ['gzip', (tar: Buffer) => gzipSync(tar)],
    ['zstd', (tar: Buffer) => zstdCompressSync(tar)],
  ])('compressed with %s is refused with the command that decompresses it', async (name, compress) => {
    await expect(take(compress(mrb(bundleOf())))).rejects.toMatchObject({
      code: 'BUNDLE_COMPRESSED',
      message: expect.stringContaining(name) as unknown,
      hint: expect.stringContaining(`${name} -dc`) as unknown,
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'BUNDLE_CUT'],
    ['half a block', Buffer.alloc(200, 'x'), 'BUNDLE_CUT'],
    ['a text', Buffer.alloc(4000, 'no tar at all '), 'BUNDLE_INVALID'],
    ['an empty tar', writeTar([]), 'BUNDLE_INVALID'],
    ['another tar', writeTar([{ path: 'readme', bytes: Buffer.from('hello') }]), 'BUNDLE_INVALID'],
    ['no JSON', writeTar([{ path: 'bundle.json', bytes: Buffer.from('hello') }]), 'BUNDLE_INVALID'],
    ['no text', writeTar([{ path: 'bundle.json', bytes: Buffer.from([0xff, 0xfe]) }]), 'BUNDLE_ALTERED'],
    ['another JSON', writeTar([{ path: 'bundle.json', bytes: Buffer.from('null\n') }]), 'BUNDLE_INVALID'],
  ])('is not taken for one: %s', async (_, bytes, code) => {
    await expect(take(bytes)).rejects.toMatchObject({ code });
  });

  it('of a newer format is refused with both numbers', async () => {
    const newer = { ...bundleOf().manifest, format: 2 };
    const bytes = writeTar([{ path: 'bundle.json', bytes: Buffer.from(canonicalText(newer)) }]);
    await expect(take(bytes)).rejects.toMatchObject({
      code: 'BUNDLE_FORMAT_NEWER',
      message: expect.stringMatching(/format 2.*up to 1/) as unknown,
    });
  });

  it('written by a later Millrace of the same format is read, fields that are not known here and all', async () => {
    const { manifest, files } = bundleOf();
    const text = canonicalText({ ...manifest, later: { more: true } });
    await expect(take(mrb({ manifest, text, files }))).resolves.toEqual(['slot']);
  });

  it('is not believed where its description has another form than its own', async () => {
    const bundle = bundleOf();
    const spaced = { ...bundle, text: bundle.text.replace('"format": 1', '"format":  1') };
    await expect(take(mrb(spaced))).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    const twice = { ...bundle, text: bundle.text.replace('"format": 1', '"format": 1,\n  "format": 1') };
    await expect(take(mrb(twice))).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
  });

  it('cut anywhere is cut short, and nothing of it stays', async () => {
    const whole = mrb(bundleOf({ files: { 'models/big.bin': Buffer.alloc(3000, 7) } }));
    for (const length of [1, 511, 512, 700, 1024, 2048, 5000, whole.byteLength - 1024, whole.byteLength - 1]) {
      await expect(take(whole.subarray(0, length)), `${length} bytes`).rejects.toMatchObject({ code: 'BUNDLE_CUT' });
    }
  });

  it('with a byte changed in a file was altered', async () => {
    const tar = mrb(bundleOf({ files: { 'models/big.bin': Buffer.alloc(3000, 7) } }));
    tar[tar.indexOf(Buffer.alloc(100, 7)) + 50] = 8;
    await expect(take(tar)).rejects.toMatchObject({
      code: 'BUNDLE_ALTERED',
      message: expect.stringContaining('models/big.bin') as unknown,
    });
  });

  it('with a file too many, one too few, or one of another size was altered or cut', async () => {
    const bundle = bundleOf({ files: { 'a.txt': 'a', 'b.txt': 'b' } });
    const entries = entriesOf(bundle);
    const more = [...entries, { path: 'c.txt', bytes: Buffer.from('c') }];
    await expect(take(writeTar(more))).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    const fewer = entries.filter(({ path }) => path !== 'a.txt');
    await expect(take(writeTar(fewer))).rejects.toMatchObject({ code: 'BUNDLE_CUT' });
    const longer = entries.map((entry) => (entry.path === 'a.txt' ? { ...entry, bytes: Buffer.from('aa') } : entry));
    await expect(take(writeTar(longer))).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
  });

  it('with something behind its end, or between its files, was altered', async () => {
    const tar = mrb(bundleOf({ files: { 'a.txt': 'a' } }));
    await expect(take(Buffer.concat([tar, Buffer.from('more')]))).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    await expect(take(Buffer.concat([tar, tar]))).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    tar[tar.lastIndexOf('a.txt') + 512 + 100] = 1;
    await expect(take(tar)).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
  });

  it.each([
    '../evil',
    'a/../../evil',
    '/etc/evil',
    'C:/evil',
    'a\\..\\evil',
    'a//b',
    './a',
    'a/./b',
    'nul',
    'a/con.txt',
    'trailing.',
    'a\u0007b',
    'bundle.json/x',
    'Node_Modules/x',
    'release.dsse.json/x',
    'RELEASE.dsse.json',
    `${'long/'.repeat(60)}x`,
  ])('whose description names the path %j is refused', async (path) => {
    const bundle = bundleOf({ files: { [path]: 'evil' } });
    const entries = [{ path: 'bundle.json', bytes: Buffer.from(bundle.text) }];
    await expect(take(writeTar(entries))).rejects.toMatchObject({ code: 'BUNDLE_PATH_UNSAFE' });
  });

  it.each([
    ['a.txt', 'A.TXT'],
    ['a', 'a/b'],
    ['caf\u00e9', 'cafe\u0301'],
  ])('with two paths that are one somewhere is refused: %j and %j', async (a, b) => {
    const bundle = bundleOf({ files: { [a]: '1', [b]: '2' } });
    await expect(take(mrb(bundle))).rejects.toMatchObject({ code: 'BUNDLE_PATH_UNSAFE' });
  });

  it('with a file that is there twice is refused', async () => {
    const entries = entriesOf(bundleOf({ files: { 'a.txt': 'a' } }));
    const twice = [...entries, { path: 'a.txt', bytes: Buffer.from('b') }];
    await expect(take(writeTar(twice))).rejects.toMatchObject({ code: 'BUNDLE_PATH_UNSAFE' });
  });

  it.each([
    ['a path that leads out', 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('../x\0', 0)],
    ['an absolute path', 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('/etc/\0', 0)],
    ['a path that goes on behind its end', 'BUNDLE_ALTERED', (header: Buffer) => void header.write('hidden', 50)],
    ['a hard link', 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('1', 156)],
    ['a symbolic link', 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('2/etc/passwd', 156)],
    ['a device', 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('3', 156)],
    ['a pipe', 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('6', 156)],
    ["pax's words", 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('x', 156)],
    ["GNU's long name", 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('L', 156)],
    ["GNU's sparse file", 'BUNDLE_PATH_UNSAFE', (header: Buffer) => void header.write('S', 156)],
    ['a size above everything', 'BUNDLE_CUT', (header: Buffer) => void header.write('77777777777\0', 124)],
    ['a size in base 256', 'BUNDLE_ALTERED', (header: Buffer) => void header.writeUInt8(0x80, 124)],
    ['no size', 'BUNDLE_ALTERED', (header: Buffer) => void header.fill(0, 124, 136)],
    ['a negative size', 'BUNDLE_ALTERED', (header: Buffer) => void header.write('-0000000001\0', 124)],
  ])('is refused where a header has %s', async (_, code, change) => {
    const entries = entriesOf(bundleOf({ files: { 'a.txt': 'a' } }));
    await expect(take(tarWith(entries, 'a.txt', change))).rejects.toMatchObject({ code });
  });

  it('larger than a bound is refused before anything is written', async () => {
    const { manifest } = bundleOf();
    const files = { ...manifest.files, 'models/big': { bytes: 3 * 1024 ** 3, sha256: '0'.repeat(64) } };
    const text = canonicalText({ ...manifest, files });
    const many = Object.fromEntries(
      Array.from({ length: 10_001 }, (_, i) => [`f/${i}`, { bytes: 0, sha256: '0'.repeat(64) }]),
    );
    for (const json of [text, canonicalText({ ...manifest, files: { ...manifest.files, ...many } })]) {
      const tar = writeTar([{ path: 'bundle.json', bytes: Buffer.from(json) }]);
      await expect(take(tar)).rejects.toMatchObject({ code: 'BUNDLE_TOO_BIG' });
    }
    const huge = writeTar([{ path: 'bundle.json', bytes: Buffer.alloc(5_000_000, ' ') }]);
    await expect(take(huge)).rejects.toMatchObject({ code: 'BUNDLE_TOO_BIG' });
  });

  it('that names a file which it does not hold is none', async () => {
    const tabs = [{ id: 'one', label: 'One', file: 'flows/gone.json' }];
    await expect(take(mrb(bundleOf({ manifest: { tabs } })))).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
  });
});

describe('the folder of a bundle', () => {
  const unpackedHere = async () => {
    const slot = join(folder(), 'a');
    await unpackBundle(fileOf(mrb(bundleOf({ files: { 'a.txt': 'hello' } }))), slot);
    return slot;
  };

  it('with a file changed, added or taken away is not whole', async () => {
    const slot = await unpackedHere();
    // As root, or as somebody who changed the modes first.
    execFileSync('chmod', ['-R', 'u+w', slot]);
    writeFileSync(join(slot, 'a.txt'), 'hallo');
    await expect(readBundle(slot).then(checkContents)).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    writeFileSync(join(slot, 'a.txt'), 'hello');
    await expect(readBundle(slot).then(checkContents)).resolves.toBeUndefined();
    writeFileSync(join(slot, 'b.txt'), 'more');
    await expect(readBundle(slot)).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
    rmSync(join(slot, 'b.txt'));
    rmSync(join(slot, 'a.txt'));
    await expect(readBundle(slot)).rejects.toMatchObject({ code: 'BUNDLE_CUT' });
  });

  it('that leads elsewhere by a link is refused', async () => {
    const slot = await unpackedHere();
    execFileSync('chmod', ['-R', 'u+w', slot]);
    rmSync(join(slot, 'a.txt'));
    execFileSync('ln', ['-s', '/etc/hostname', join(slot, 'a.txt')]);
    await expect(readBundle(slot)).rejects.toMatchObject({ code: 'BUNDLE_PATH_UNSAFE' });
  });

  it('that holds no bundle is none', async () => {
    const empty = folder();
    await expect(readBundle(empty)).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    mkdirSync(join(empty, 'bundle.json'));
    await expect(readBundle(empty)).rejects.toMatchObject({ code: 'BUNDLE_MISSING' });
  });
});
