/** What bundles are packed from in tests: the flows that ship, and packages as npm installs them. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FlowNode, PackOptions, TestFile } from '../../runtime/bundle/index.ts';
import { openRegistry } from '../../runtime/models/registry/index.ts';

/** Types that the flows of these tests may use without a package. */
const BUILT_IN = [
  ...['inject', 'debug', 'change', 'switch', 'function', 'template', 'link in', 'link out', 'catch', 'complete'],
  ...[
    'http in',
    'http response',
    'http request',
    'mqtt in',
    'mqtt-broker',
    'tcp in',
    'udp in',
    'exec',
    'file',
    'delay',
  ],
  ...['actuator', 'board', 'collect', 'drift', 'evaluate', 'features', 'groom', 'infer', 'model', 'pins', 'record'],
  ...['replay', 'sensor', 'target', 'train', 'upload', 'window', 'comment', 'global-config'],
];

export const shippedFlow = (name: string): FlowNode[] =>
  JSON.parse(readFileSync(`flows/${name}/flow.json`, 'utf8')) as FlowNode[];

/** The tests of a flow that ships, with the recordings that they play. */
export const shippedTests = (name: string): TestFile[] =>
  readdirSync(`flows/${name}/tests`).map((path) => ({ path, bytes: readFileSync(`flows/${name}/tests/${path}`) }));

/** What `packBundle` takes, of a flow; the models are those of the flows that ship. */
export function packing(flow: readonly FlowNode[], options: Partial<PackOptions> = {}): PackOptions {
  const layers = ['pump', 'drift', 'greenhouse', 'gesture'].map((name) => `flows/${name}/models`);
  const models = openRegistry({ layers, directory: join(tmpdir(), 'millrace-no-models'), follow: false });
  onTestFinished(() => models.close());
  return { name: 'sample', flow, models, builtIn: new Set(BUILT_IN), runtime: '0.1.0', ...options };
}

/** A user directory with these files. */
export function userDirOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-pack-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** A tab, and nodes on it that are wired one after the other. */
export function chain(...nodes: readonly Readonly<Record<string, unknown>>[]): FlowNode[] {
  const named = nodes.map((node, i) => ({ id: `n${i}`, type: 'debug', z: 'tab', x: i, y: 0, ...node }));
  const wired = named.map((node, i) => ({ ...node, wires: i + 1 < named.length ? [[named[i + 1]?.id]] : [] }));
  return [{ id: 'tab', type: 'tab', label: 'Line' }, ...wired];
}
