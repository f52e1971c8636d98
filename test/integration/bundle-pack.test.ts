/** `millrace bundle pack` of a user directory as the editor leaves it: passwords sealed, an alias set, a package installed. */
import { execFile } from 'node:child_process';
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BundleManifest } from '../../runtime/bundle/index.ts';
import { chain, userDirOf } from '../support/packing.ts';

const main = resolve('dist/millrace-studio/runtime/cli/main.js');

/** @returns exit code, and what was written */
const millrace = (...args: readonly string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = execFile(process.execPath, [main, ...args], { env }, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

/** As Node-RED seals the passwords of a flow. */
function sealed(credentials: unknown, secret: string): string {
  const key = createHash('sha256').update(secret).digest();
  const vector = randomBytes(16);
  const cipher = createCipheriv('aes-256-ctr', key, vector);
  const hidden = cipher.update(JSON.stringify(credentials), 'utf8', 'base64') + cipher.final('base64');
  return JSON.stringify({ $: vector.toString('hex') + hidden });
}

const SECRET = 'a secret of at least thirty-two characters';
const flow = [
  ...chain(
    { type: 'replay', recording: 'mine.csv' },
    { type: 'infer', model: 'm' },
    { type: 'meter' },
    { type: 'exec' },
  ),
  { id: 'm', type: 'model', model: 'pump-health' },
  { id: 'up', type: 'upload', z: 'tab', x: 1, y: 1, target: 'cloud', wires: [] },
  { id: 'cloud', type: 'target', name: 'cloud', kind: 'mqtt', url: '${BROKER}' },
];
const files = {
  'flows/line.json': JSON.stringify(flow),
  'flows/line_cred.json': sealed({ cloud: { password: 'hunter2' } }, SECRET),
  'keys/credential-secret': `${SECRET}\n`,
  'tests/line/quiet.json': JSON.stringify({
    ...{ format: 1, name: 'quiet', duration: '1 s' },
    expect: [{ node: 'infer', expect: 'nothing' }],
  }),
  'millrace/recordings/mine.csv': 'time,x\n0,1\n1,2\n',
  'node_modules/meter/package.json': JSON.stringify({
    ...{ name: 'meter', version: '3.1.0', 'node-red': { nodes: { meter: 'meter.js' } } },
  }),
  'node_modules/meter/meter.html': '<script type="text/html" data-template-name="meter"></script>',
  'node_modules/meter/meter.js': 'module.exports = () => undefined;',
};

describe('millrace bundle pack', () => {
  it('puts a flow and all that it needs into one file, the same each time, and its passwords not', async () => {
    const userDir = userDirOf(files);
    const pack = (file: string, ...more: string[]) =>
      millrace('bundle', 'pack', 'line', '-o', join(userDir, file), '--user-dir', userDir, ...more);
    const said = await pack('one.mrb');
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toMatch(/^line, .*digest [0-9a-f]{12}$/m);
    expect(said.stdout).toMatch(/^model +pump-health@1\.0\.0/m);
    expect(said.stdout).toMatch(/^tests +quiet$/m);
    expect(said.stdout).toMatch(/^packages +meter@3\.1\.0$/m);
    expect(said.stdout).toMatch(/^ *BROKER +url of the target "cloud"$/m);
    expect(said.stdout).toMatch(/^ *CLOUD_PASSWORD +secret: password of the target "cloud"$/m);
    expect(said.stdout).toContain('the exec node n3 is off on the gateway');

    const told = await pack('two.mrb', '--json');
    const { manifest, warnings } = JSON.parse(told.stdout) as { manifest: BundleManifest; warnings: unknown[] };
    const [one, two] = ['one.mrb', 'two.mrb'].map((name) => readFileSync(join(userDir, name)));
    expect(Buffer.compare(one ?? Buffer.of(), two ?? Buffer.of(0))).toBe(0);
    expect(one?.includes('hunter2')).toBe(false);
    expect(Object.keys(manifest.files)).toContain('recordings/mine.csv.csv');
    // Compiled, the pump's forest needs no ONNX Runtime.
    expect(manifest.needs).toMatchObject({ models: [{ compiled: true }], nativeLibraries: [], allowed: [] });
    expect(warnings).toMatchObject([{ code: 'NODE_OFF_ON_DEVICE' }]);
    expect((await millrace('bundle', 'show', join(userDir, 'one.mrb'))).code).toBe(0);
  }, 60_000);

  it('says what is wrong, and writes nothing', async () => {
    const userDir = userDirOf({ ...files, 'keys/credential-secret': `another ${SECRET}\n` });
    const file = join(userDir, 'out.mrb');
    const pack = (...more: string[]) => millrace('bundle', 'pack', 'line', '-o', file, '--user-dir', userDir, ...more);
    const [closed, alias, unknown] = await Promise.all([
      pack(),
      millrace('bundle', 'pack', 'pump', '-o', file, '--user-dir', userDir, '--local-alias', 'no@such'),
      millrace('bundle', 'pack', 'no-such-flow', '--user-dir', userDir),
    ]);
    expect(closed).toMatchObject({ code: 1, stderr: expect.stringContaining('CREDENTIALS_NOT_OPENED') as string });
    expect(alias).toMatchObject({ code: 2, stderr: expect.stringContaining('LOCAL_ALIAS_UNUSED') as string });
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('FLOW_UNKNOWN') as string });
    expect(() => readFileSync(file)).toThrow('ENOENT');
  }, 60_000);
});
