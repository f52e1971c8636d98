import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type BundleNodePackage,
  checkUnpacked,
  installPackages,
  linkPackages,
  type OpenBundle,
  removeBundle,
  type TarEntry,
  unpackBundle,
  writeTar,
} from '../../../runtime/bundle/index.ts';
import { bundleOf, mrb, sha512, tgz } from '../../support/bundles.ts';

const text = (path: string, content: string): TarEntry => ({ path, bytes: Buffer.from(content) });

/** A bundle with these tarballs, by where they are installed, unpacked. */
async function unpacked(tarballs: Readonly<Record<string, Uint8Array>>): Promise<OpenBundle> {
  const place = mkdtempSync(join(tmpdir(), 'millrace-packages-'));
  onTestFinished(() => removeBundle(place));
  const packages = Object.entries(tarballs).map(([path, bytes], i): BundleNodePackage => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const tarball = `packages/${i}.tgz`;
    return { name, version: '1.0.0', path, tarball, integrity: sha512(bytes), native: false };
  });
  const files = Object.fromEntries(packages.map(({ tarball, path }) => [tarball, tarballs[path] ?? '']));
  const file = join(place, 'pump.mrb');
  writeFileSync(file, mrb(bundleOf({ files, manifest: { packages } })));
  return await unpackBundle(file, join(place, 'a'));
}

const elf = (machine: number) => {
  const head = Buffer.alloc(64);
  head.write('\u007fELF\u0002\u0001', 'latin1');
  head.writeUInt16LE(machine, 18);
  return head;
};
const X64 = 0x3e;
const ARM64 = 0xb7;

describe('the node packages of a bundle', () => {
  it('are installed offline where Node.js finds them, one below the other, with what may be executed', async () => {
    const bundle = await unpacked({
      'node_modules/red-thing': tgz([
        text('package.json', '{"name":"red-thing","version":"1.0.0","main":"index.js"}'),
        text('index.js', "module.exports = `thing with ${require('dep')}`;"),
        { path: 'bin/run.sh', bytes: Buffer.from('#!/bin/sh\n'), executable: true },
      ]),
      'node_modules/dep': tgz([text('package.json', '{}'), text('index.js', "module.exports = 'the wrong one';")]),
      'node_modules/red-thing/node_modules/dep': tgz([
        text('package.json', '{}'),
        text('index.js', "module.exports = 'its own dep';"),
      ]),
    });
    const modules = await installPackages(bundle);
    expect(modules).toBe(join(bundle.source, 'node_modules'));
    const load = createRequire(join(bundle.source, 'flow.js'));
    expect(load('red-thing')).toBe('thing with its own dep');
    expect(statSync(join(modules ?? '', 'red-thing/bin/run.sh')).mode & 0o777).toBe(0o555);
    expect(statSync(join(modules ?? '', 'red-thing/index.js')).mode & 0o777).toBe(0o444);
    // Its own files are as they were, and nothing can be added beside them.
    await checkUnpacked(bundle.source);
    expect(statSync(bundle.source).mode & 0o777).toBe(0o555);
    expect(readdirSync(join(bundle.source, '..')).sort()).toEqual(['a', 'pump.mrb']);
  });

  it('are found by name beside a package.json that names them, those of another bundle in their place', async () => {
    const bringing = (what: string) =>
      unpacked({
        'node_modules/tool': tgz([text('package.json', '{}'), text('index.js', `module.exports = '${what}';`)]),
        'node_modules/tool/node_modules/dep': tgz([text('package.json', '{}')]),
      });
    const place = mkdtempSync(join(tmpdir(), 'millrace-packages-'));
    onTestFinished(() => removeBundle(place));
    for (const what of ['one', 'other']) {
      const bundle = await bringing(what);
      await installPackages(bundle);
      for (let turn = 0; turn < 2; turn++) {
        const folder = await linkPackages(bundle, join(place, 'packages'));
        const stated = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
        expect(stated).toEqual({ private: true, dependencies: { tool: '1.0.0' } });
        expect(readFileSync(join(folder, 'node_modules/tool/index.js'), 'utf8')).toContain(what);
        expect(readdirSync(folder).sort()).toEqual(['node_modules', 'package.json']);
      }
    }
  });

  it('stay as they are when they are installed again', async () => {
    const bundle = await unpacked({ 'node_modules/thing': tgz([text('index.js', '1')]) });
    const modules = (await installPackages(bundle)) ?? '';
    const before = statSync(join(modules, 'thing/index.js')).ino;
    await installPackages(bundle);
    expect(statSync(join(modules, 'thing/index.js')).ino).toBe(before);
  });

  it('are found out where the disk has spoilt them since, and installed anew', async () => {
    const bundle = await unpacked({
      'node_modules/thing': tgz([text('index.js', 'one'), text('deep/more.js', 'two')]),
    });
    const thing = join((await installPackages(bundle)) ?? '', 'thing');
    const spoils = [
      () => writeFileSync(join(thing, 'deep/more.js'), 'TWO'),
      () => rmSync(join(thing, 'index.js')),
      () => writeFileSync(join(thing, 'another.js'), 'three'),
    ];
    for (const spoil of spoils) {
      for (const path of [thing, join(thing, 'deep'), join(thing, 'deep/more.js')]) chmodSync(path, 0o700);
      spoil();
      await expect(checkUnpacked(bundle.source)).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
      await installPackages(bundle);
      await checkUnpacked(bundle.source);
      expect(readdirSync(thing).sort()).toEqual(['deep', 'index.js']);
      expect(readFileSync(join(thing, 'deep/more.js'), 'utf8')).toBe('two');
    }
  });

  it('are none where the bundle brings none', async () => {
    expect(await installPackages(await unpacked({}))).toBeUndefined();
  });

  it('come with paths too long for a plain tar, as npm writes them', async () => {
    const long = `package/${'deep/'.repeat(60)}index.js`;
    const record = `path=${long}\n`;
    const length = record.length + 4;
    const pax = Buffer.from(
      writeTar([text('PaxHeader/index.js', `${length} ${record}`), text('package/short', 'long')]),
    );
    pax.write('x', 156);
    mend(pax.subarray(0, 512));
    const bundle = await unpacked({ 'node_modules/thing': gzipSync(pax) });
    const modules = (await installPackages(bundle)) ?? '';
    expect(readFileSync(join(modules, 'thing', 'deep/'.repeat(60), 'index.js'), 'utf8')).toBe('long');
  });

  /** Tarballs are inside the signature; that somebody signs what he has not looked at is what this is about. */
  const refused = async (tarballs: Readonly<Record<string, Uint8Array>>, code: string) => {
    const bundle = await unpacked(tarballs);
    await expect(installPackages(bundle, { machine: 'linux-x64' })).rejects.toMatchObject({ code });
    expect(readdirSync(bundle.source)).not.toContain('node_modules');
    expect(readdirSync(join(bundle.source, '..')).sort()).toEqual(['a', 'pump.mrb']);
  };
  const raw = (path: string) => gzipSync(writeTar([text(path, 'evil')]));

  it.each(['package/../../evil', '../evil', '/etc/evil', 'package/..\\evil', 'beside'])(
    'are refused with a file at %j',
    async (path) => {
      await refused({ 'node_modules/thing': raw(path) }, 'BUNDLE_PATH_UNSAFE');
    },
  );

  it('are refused with a link', async () => {
    const tar = Buffer.from(writeTar([text('package/link', '')]));
    tar.write('2', 156);
    tar.write('/etc', 157);
    mend(tar.subarray(0, 512));
    await refused({ 'node_modules/thing': gzipSync(tar) }, 'BUNDLE_PATH_UNSAFE');
  });

  it('are refused where one would write into another', async () => {
    const inner = tgz([text('index.js', '1')]);
    const outer = tgz([text('node_modules/dep/index.js', '2')]);
    await refused({ 'node_modules/a/node_modules/dep': inner, 'node_modules/a': outer }, 'BUNDLE_PATH_UNSAFE');
  });

  it('are refused where they were cut, are no gzip, or have another integrity', async () => {
    const whole = tgz([text('index.js', 'x'.repeat(5000))]);
    await refused({ 'node_modules/thing': whole.subarray(0, whole.byteLength - 12) }, 'BUNDLE_CUT');
    await refused({ 'node_modules/thing': Buffer.from('no gzip') }, 'BUNDLE_ALTERED');
    const place = mkdtempSync(join(tmpdir(), 'millrace-packages-'));
    onTestFinished(() => removeBundle(place));
    const packages = [{ ...packageOf('packages/0.tgz'), integrity: sha512(Buffer.from('another')) }];
    writeFileSync(
      join(place, 'pump.mrb'),
      mrb(bundleOf({ files: { 'packages/0.tgz': whole }, manifest: { packages } })),
    );
    const bundle = await unpackBundle(join(place, 'pump.mrb'), join(place, 'a'));
    await expect(installPackages(bundle)).rejects.toMatchObject({ code: 'BUNDLE_ALTERED' });
  });

  it('are refused where they grow out of all proportion', async () => {
    await refused({ 'node_modules/bomb': tgz([{ path: 'zeros', bytes: Buffer.alloc(40_000_000) }]) }, 'BUNDLE_TOO_BIG');
  });

  it('are refused where their native libraries are for other machines only', async () => {
    const lib = (path: string, bytes: Buffer): TarEntry => ({ path, bytes });
    await refused({ 'node_modules/native': tgz([lib('build/x.node', elf(ARM64))]) }, 'NATIVE_LIBRARY_FOREIGN');
    const both = tgz([lib('prebuilds/arm64.node', elf(ARM64)), lib('prebuilds/x64.node', elf(X64))]);
    const bundle = await unpacked({ 'node_modules/native': both });
    await expect(installPackages(bundle, { machine: 'linux-x64' })).resolves.toBeDefined();
  });

  it('may be one of several, each for another machine', async () => {
    const native = (cpu: string, machine: number) =>
      tgz([
        text('package.json', JSON.stringify({ os: ['linux'], cpu: [cpu] })),
        { path: 'x.node', bytes: elf(machine) },
      ]);
    const tarballs = { 'node_modules/x-arm64': native('arm64', ARM64), 'node_modules/x-x64': native('x64', X64) };
    await expect(installPackages(await unpacked(tarballs), { machine: 'linux-x64' })).resolves.toBeDefined();
  });

  const packageOf = (tarball: string): BundleNodePackage => ({
    ...{ name: 'thing', version: '1.0.0', path: 'node_modules/thing', tarball, integrity: '', native: false },
  });
});

/** Puts a header's checksum right. */
function mend(header: Buffer): void {
  header.write(' '.repeat(8), 148);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
}
