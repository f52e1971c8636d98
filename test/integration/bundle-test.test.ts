/** `millrace bundle test`, built: what a gateway runs before it takes a bundle. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { removeBundle } from '../../runtime/bundle/index.ts';
import type { Manifest } from '../../runtime/models/package/index.ts';
import { digestOf } from '../../runtime/signal/index.ts';
import { bundleOf, mrb, sha512, tgz } from '../support/bundles.ts';
import { command } from '../support/studio.ts';

const pump = resolve(import.meta.dirname, '../../flows/pump/models/pump-health');
const LONG = 120_000;

/** The pump's model, changed or not. */
function modelWith(change: (manifest: Manifest) => Manifest = (manifest) => manifest) {
  const manifest = change(JSON.parse(readFileSync(join(pump, 'model.json'), 'utf8')) as Manifest);
  const text = JSON.stringify(manifest);
  const files = {
    'model.json': text,
    'model.onnx': readFileSync(join(pump, 'model.onnx')),
    'reference.csv': readFileSync(join(pump, 'reference.csv')),
  };
  return { manifest, digest: digestOf(JSON.parse(text)), files };
}

/**
 * A bundle with a node of its own (it shouts), a package that a function node loads (it greets), the pump's model under a name
 * that only the bundle knows, and a test of all three.
 */
function bundleWith({ manifest, digest, files }: ReturnType<typeof modelWith>, shouted = 'HELLO'): Buffer {
  const flow = [
    { id: 'tab', type: 'tab', label: 'Tab' },
    { id: 'shout', type: 'shout', z: 'tab', name: 'shout', x: 1, y: 1, wires: [[]] },
    {
      ...{ id: 'greet', type: 'function', z: 'tab', name: 'greet', x: 1, y: 1, wires: [[]], outputs: 1 },
      ...{ func: 'return { payload: greeting(msg.payload) };', libs: [{ var: 'greeting', module: 'greeting' }] },
    },
    { id: 'infer', type: 'infer', z: 'tab', name: 'health', model: 'm', x: 1, y: 1, wires: [[]] },
    { id: 'm', type: 'model', name: '', model: 'pump-health@production' },
  ];
  const { inputs = {} } = manifest.vectors[0] ?? {};
  const [input] = manifest.inputs;
  const values = inputs[input?.name ?? '']?.data ?? [];
  const payload = Object.fromEntries((input?.features ?? []).map((feature, i) => [feature, values[i]]));
  const test = {
    ...{ format: 1, name: 'it shouts, and knows the pump' },
    give: [
      { node: 'shout', at: '1 s', message: { payload: 'hello' } },
      { node: 'greet', at: '1 s', message: { payload: 'Anna' } },
      { node: 'health', at: '1 s', message: { payload } },
    ],
    expect: [
      { node: 'shout', property: 'payload', is: shouted },
      { node: 'greet', property: 'payload', is: 'Hello, Anna' },
      { node: 'health', property: 'model.version', is: manifest.version },
    ],
    duration: '5 s',
  };
  const tarball = tgz([
    {
      path: 'package.json',
      bytes: Buffer.from('{"name":"red-shout","version":"1.0.0","node-red":{"nodes":{"shout":"shout.js"}}}'),
    },
    {
      path: 'shout.js',
      bytes: Buffer.from(`module.exports = (RED) => RED.nodes.registerType('shout', function (config) {
        RED.nodes.createNode(this, config);
        this.on('input', (msg, send, done) => { send({ ...msg, payload: msg.payload.toUpperCase() }); done(); });
      });`),
    },
    { path: 'shout.html', bytes: Buffer.from('<script type="text/html" data-template-name="shout"></script>') },
  ]);
  const greeting = tgz([
    { path: 'package.json', bytes: Buffer.from('{"name":"greeting","version":"1.0.0"}') },
    { path: 'index.js', bytes: Buffer.from('module.exports = (name) => `Hello, ${name}`;') },
  ]);
  const packages = Object.entries({ 'red-shout': tarball, greeting }).map(([name, bytes]) => ({
    ...{ name, version: '1.0.0', path: `node_modules/${name}`, native: false },
    ...{ tarball: `packages/${name}-1.0.0.tgz`, bytes, integrity: sha512(bytes) },
  }));
  const { needs } = bundleOf({ flow }).manifest;
  const folder = `models/${manifest.name}/${manifest.version}`;
  return mrb(
    bundleOf({
      flow,
      files: {
        ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content])),
        'tests/shout.json': JSON.stringify(test),
        ...Object.fromEntries(packages.map(({ tarball, bytes }) => [tarball, bytes])),
      },
      manifest: {
        tests: ['tests/shout.json'],
        models: [{ name: manifest.name, version: manifest.version, digest, references: ['pump-health@production'] }],
        packages: packages.map(({ bytes: _, ...stated }) => stated),
        needs: { ...needs, allowed: ['function-modules'] },
      },
    }),
  );
}

async function bundleTest(bytes: Uint8Array) {
  const place = mkdtempSync(join(tmpdir(), 'millrace-bundle-test-'));
  onTestFinished(() => removeBundle(place));
  const file = join(place, 'pump.mrb');
  writeFileSync(file, bytes);
  const child = spawn(process.execPath, [command, 'bundle', 'test', file, '--json', '--user-dir', join(place, 'user')]);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += String(chunk)));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  const lines = said.stdout.split('\n').filter((line) => line !== '');
  return { code, ...said, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('millrace bundle test', () => {
  it(
    "runs the bundle's tests on its own nodes and models, and asks the models for what they know",
    async () => {
      const model = modelWith();
      const { code, lines, stderr } = await bundleTest(bundleWith(model));
      expect(lines, stderr).toMatchObject([
        { kind: 'model', model: 'pump-health@1.0.0', passed: true, vectors: model.manifest.vectors.length },
        { kind: 'test', name: 'it shouts, and knows the pump', passed: true },
        { kind: 'summary', passed: 2, failed: 0 },
      ]);
      expect(code).toBe(0);
    },
    LONG,
  );

  it(
    'fails with the name of the test that failed, and of the model that answers wrongly, each with a reason',
    async () => {
      const wrong = modelWith((manifest) => ({
        ...manifest,
        vectors: manifest.vectors.map((vector) => ({
          ...vector,
          outputs: Object.fromEntries(
            Object.entries(vector.outputs).map(([name, tensor]) => [
              name,
              { ...tensor, data: tensor.data.map((value) => (typeof value === 'number' ? value + 1 : `${value}?`)) },
            ]),
          ) as typeof vector.outputs,
        })),
      }));
      const { code, lines, stderr } = await bundleTest(bundleWith(wrong, 'hello'));
      expect(lines, stderr).toMatchObject([
        { kind: 'model', model: 'pump-health@1.0.0', passed: false, error: { code: 'VECTORS_DISAGREE' } },
        {
          kind: 'test',
          name: 'it shouts, and knows the pump',
          passed: false,
          error: { message: expect.stringMatching(/shout/) as string },
        },
        { kind: 'summary', passed: 0, failed: 2 },
      ]);
      expect(code).toBe(1);
    },
    LONG,
  );
});
