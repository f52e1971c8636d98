import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { installPackages, packBundle, readBundle, removeBundle, unpackBundle } from '../../../runtime/bundle/index.ts';
import { chain, packing, userDirOf } from '../../support/packing.ts';

const json = JSON.stringify;
const page = (type: string) => `<script type="text/javascript">RED.nodes.registerType('${type}', {});</script>`;
/** A native module of this machine kind, as far as its first bytes tell. */
const elf = (machine: number) => {
  const file = Buffer.alloc(64);
  file.write('7f454c46', 0, 'hex');
  file.writeUInt16LE(machine, 18);
  return file;
};
const ARM64 = elf(0xb7);
const X64 = elf(0x3e);

/** Two packages with nodes, one dependency in two versions, one that is not needed. */
const installed = {
  'node_modules/node-red-contrib-a/package.json': json({
    ...{ name: 'node-red-contrib-a', version: '1.2.0', license: 'MIT', 'node-red': { nodes: { a: 'a.js' } } },
    dependencies: { shared: '^2.0.0', '@own/tool': '1' },
    devDependencies: { unused: '1' },
    peerDependencies: { 'node-red': '*' },
  }),
  'node_modules/node-red-contrib-a/a.html': page('a in'),
  'node_modules/node-red-contrib-a/a.js':
    "module.exports = (RED) => RED.nodes.registerType('a in', require('shared'));",
  'node_modules/node-red-contrib-a/node_modules/shared/package.json': json({ name: 'shared', version: '2.0.0' }),
  'node_modules/node-red-contrib-a/node_modules/shared/index.js': 'module.exports = 2;',
  'node_modules/shared/package.json': json({ name: 'shared', version: '1.0.0' }),
  'node_modules/shared/index.js': 'module.exports = 1;',
  'node_modules/@own/tool/package.json': json({ name: '@own/tool', version: '0.1.0', dependencies: { shared: '1' } }),
  'node_modules/@own/tool/index.js': "module.exports = require('shared');",
  'node_modules/@own/tool/bin/run': '#!/bin/sh\n',
  'node_modules/unused/package.json': json({ name: 'unused', version: '1.0.0' }),
  'node_modules/other-nodes/package.json': json({ name: 'other-nodes', 'node-red': { nodes: { b: 'b.js' } } }),
  'node_modules/other-nodes/b.html': '<script type="text/html" data-template-name="b out"></script>',
};

async function packed(userDir: string, options: Parameters<typeof packing>[1] = {}) {
  return await packBundle(packing(chain({ type: 'a in' }), { userDir, ...options }));
}

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-pack-'));
  onTestFinished(() => removeBundle(directory));
  return directory;
}

describe('the packages of other nodes', () => {
  it('come along with all that they need to run, and nothing else', async () => {
    const userDir = userDirOf(installed);
    chmodSync(join(userDir, 'node_modules/@own/tool/bin/run'), 0o755);
    // Leads out of the package: not part of it.
    symlinkSync('/etc/hostname', join(userDir, 'node_modules/shared/host'));
    const { manifest, bytes } = await packed(userDir);
    expect(manifest.packages.map(({ path, version }) => [path, version])).toEqual([
      ['node_modules/@own/tool', '0.1.0'],
      ['node_modules/node-red-contrib-a', '1.2.0'],
      ['node_modules/node-red-contrib-a/node_modules/shared', '2.0.0'],
      ['node_modules/shared', '1.0.0'],
    ]);
    expect(manifest.architectures).toEqual(['any']);
    expect(Buffer.compare((await packed(userDir)).bytes, bytes)).toBe(0);

    // Where it is put on a device, everything finds what it needs.
    const place = folder();
    writeFileSync(join(place, 'a.mrb'), bytes);
    await unpackBundle(join(place, 'a.mrb'), join(place, 'slot'));
    await installPackages(await readBundle(join(place, 'slot')));
    const from = createRequire(join(place, 'slot/node_modules/node-red-contrib-a/a.js'));
    expect([from('shared'), from('@own/tool')]).toEqual([2, 1]);
    expect(statSync(join(place, 'slot/node_modules/@own/tool/bin/run')).mode & 0o111).toBe(0o111);
  });

  it('are tarballs as npm has them, which standard tools open', async () => {
    const { files, manifest } = await packed(userDirOf(installed));
    const tool = manifest.packages.find(({ name }) => name === '@own/tool');
    const tarball = join(folder(), 'tool.tgz');
    writeFileSync(tarball, files.get(tool?.tarball ?? '') ?? '');
    const listed = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    expect(listed).toEqual(['package/bin/run', 'package/index.js', 'package/package.json']);
    const sum = execFileSync('sha512sum', [tarball], { encoding: 'utf8' }).slice(0, 128);
    expect(tool?.integrity).toBe(`sha512-${Buffer.from(sum, 'hex').toString('base64')}`);
  });

  it('are named in the bill of materials', async () => {
    const { files } = await packed(userDirOf(installed));
    const bom = JSON.parse(String(files.get('sbom.cdx.json'))) as { components: { purl?: string }[] };
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(bom.components.map(({ purl }) => purl)).toEqual([
      'pkg:npm/millrace@0.1.0',
      'pkg:npm/%40own/tool@0.1.0',
      'pkg:npm/node-red-contrib-a@1.2.0',
      'pkg:npm/shared@2.0.0',
      'pkg:npm/shared@1.0.0',
    ]);
    expect(bom.components[2]).toMatchObject({ licenses: [{ license: { name: 'MIT' } }] });
  });

  it('are refused where something is missing', async () => {
    await expect(packed(userDirOf({}))).rejects.toMatchObject({ code: 'NODE_TYPE_NOT_HERE' });
    const { 'node_modules/@own/tool/package.json': _, ...rest } = installed;
    await expect(packed(userDirOf(rest))).rejects.toMatchObject({
      code: 'PACKAGE_INCOMPLETE',
      message: 'node-red-contrib-a needs the package @own/tool, which is not installed',
    });
    const broken = { ...installed, 'node_modules/shared/package.json': '{' };
    await expect(packed(userDirOf(broken))).rejects.toMatchObject({ code: 'PACKAGE_UNREADABLE' });
  });
});

describe('native parts', () => {
  const native = { ...installed, 'node_modules/shared/build/Release/x.node': ARM64 };

  it('bind a bundle to the machines that they were built for', async () => {
    const { manifest } = await packed(userDirOf(native));
    expect(manifest.architectures).toEqual(['linux-arm64']);
    expect(manifest.needs.nativeLibraries).toEqual(['shared']);
    expect(manifest.packages.filter(({ native: is }) => is).map(({ path }) => path)).toEqual(['node_modules/shared']);
  });

  it('must be there for the machines that were asked for', async () => {
    const userDir = userDirOf({ ...native, 'node_modules/shared/prebuilds/linux-x64/x.node': X64 });
    expect((await packed(userDir, { architectures: ['linux-x64'] })).manifest.architectures).toEqual(['linux-x64']);
    await expect(packed(userDir, { architectures: ['linux-arm'] })).rejects.toMatchObject({
      code: 'ARCHITECTURE_NOT_BUILT',
      message: 'shared: built for linux-arm64, linux-x64, not for linux-arm',
    });
    await expect(packed(userDir, { architectures: ['toaster'] })).rejects.toMatchObject({
      code: 'ARCHITECTURE_UNKNOWN',
    });
  });

  it('of which one of several packages is enough do not exclude each other', async () => {
    const variant = (cpu: string) => json({ name: `@own/bin-${cpu}`, version: '1.0.0', os: ['linux'], cpu: [cpu] });
    const userDir = userDirOf({
      ...installed,
      'node_modules/shared/package.json': json({
        ...{ name: 'shared', version: '1.0.0' },
        optionalDependencies: { '@own/bin-x64': '1', '@own/bin-arm64': '1', '@own/bin-s390x': '1' },
      }),
      'node_modules/@own/bin-x64/package.json': variant('x64'),
      'node_modules/@own/bin-arm64/package.json': variant('arm64'),
    });
    expect((await packed(userDir)).manifest.architectures).toEqual(['linux-arm64', 'linux-x64']);
  });
});

describe('modules of function nodes', () => {
  it('come along where the bundle allows them', async () => {
    const flow = chain({
      type: 'function',
      libs: [
        { var: 'tool', module: '@own/tool@0.1.0' },
        { var: 'fs', module: 'fs' },
      ],
    });
    const options = packing(flow, { userDir: userDirOf(installed) });
    expect((await packBundle(options)).manifest.packages).toEqual([]);
    const { manifest } = await packBundle({ ...options, allow: ['function-modules'] });
    expect(manifest.packages.map(({ name }) => name)).toEqual(['@own/tool', 'shared']);
  });
});
