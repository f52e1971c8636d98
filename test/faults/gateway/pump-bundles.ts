/** Signed bundles of the pump that differ a little from each other, and what they send. */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { canonicalText, type FlowNode, readBundle, RELEASE_FILE, signRelease } from '../../../runtime/bundle/index.ts';
import { makeRoot, type SigningKey } from '../../../runtime/keys/index.ts';
import { newKey, sha256 } from '../../support/bundles.ts';
import { command } from '../../support/studio.ts';

const root = resolve(import.meta.dirname, '../../..');
const key: SigningKey = newKey();
const { id, publicKey } = key;
const role = { threshold: 1, keys: [{ id, publicKey }] };

/** What a gateway pins that is to run them. */
export const pumpRoot = () =>
  makeRoot({ version: 1, expires: Date.now() + 1e10, roles: { root: role, release: role } }, [key]);

/** The word in the flow that differs. */
const VARIANT = 'variant 0';

/**
 * Packs the pump, with a source of twenty numbered messages a second beside it: each is written down in `acknowledged` when
 * the outbox has taken it, and not before.
 *
 * @param url of the broker that everything goes to
 * @returns makes the signed folder of a version
 */
export async function packPump(place: string, url: string, acknowledged: string) {
  const shipped = JSON.parse(await readFile(join(root, 'flows/pump/flow.json'), 'utf8')) as FlowNode[];
  const pump = shipped
    .filter(({ type }) => !/^mqtt/.test(type) && !['pump-debug-arrives', 'pump-arrives'].includes(type))
    .filter(({ id }) => id !== 'pump-debug-arrives')
    .map((node) => {
      if (node.id === 'pump-target') return { ...node, kind: 'mqtt', url };
      return Array.isArray(node['nodes']) ? { ...node, nodes: [] } : node;
    });
  const tick = { z: 'pump', x: 100, y: 500 };
  const added: FlowNode[] = [
    {
      ...tick,
      id: 'tick',
      type: 'inject',
      name: VARIANT,
      repeat: '0.05',
      once: true,
      props: [{ p: 'payload' }],
      payloadType: 'date',
      wires: [['tick-id']],
    },
    {
      ...tick,
      id: 'tick-id',
      type: 'function',
      func: 'msg.payload = msg._msgid; return msg;',
      outputs: 1,
      wires: [['tick-upload']],
    },
    {
      ...tick,
      id: 'tick-upload',
      type: 'upload',
      target: 'pump-target',
      streamFrom: 'name',
      stream: 'ticks',
      wires: [],
    },
    { ...tick, id: 'tick-done', type: 'complete', scope: ['tick-upload'], wires: [['tick-note']] },
    {
      ...tick,
      id: 'tick-note',
      type: 'file',
      filename: acknowledged,
      filenameType: 'str',
      appendNewline: true,
      createDir: false,
      overwriteFile: 'false',
      wires: [[]],
    },
  ];
  const flow = join(place, 'flow.json');
  await writeFile(flow, JSON.stringify([...pump, ...added]));
  const packed = join(place, 'pump.mrb');
  const args = ['bundle', 'pack', flow, '--name', 'pump', '--allow', 'file', '--output', packed];
  execFileSync(process.execPath, [command, ...args, '--user-dir', join(place, 'packer')], { stdio: 'pipe' });
  const bundle = await readBundle(packed);
  const files = new Map<string, Buffer>();
  for (const path of Object.keys(bundle.manifest.files)) files.set(path, await bundle.read(path));
  const [tab] = [...files.keys()].filter((path) => files.get(path)?.includes(VARIANT));

  /** @param broken one of its nodes is of a type that nobody has */
  return async (version: number, broken = false): Promise<{ readonly directory: string; readonly digest: string }> => {
    const directory = join(place, `version-${version}`);
    const changed = new Map(files);
    for (const [path, content] of files) {
      if (path !== tab) continue;
      const text = content.toString().replace(VARIANT, `variant ${version}`);
      changed.set(path, Buffer.from(broken ? text.replace('"type": "comment"', '"type": "nobody-has-this"') : text));
    }
    const stated = Object.entries(bundle.manifest.files).map(([path, file]) => {
      const content = changed.get(path) ?? Buffer.alloc(0);
      return [path, { ...file, bytes: content.length, sha256: sha256(content) }] as const;
    });
    const manifest = { ...bundle.manifest, files: Object.fromEntries(stated) };
    const text = canonicalText(manifest);
    const { envelope } = signRelease(manifest, { keys: [key], now: Date.now(), version });
    for (const [path, content] of [
      ...changed,
      ['bundle.json', text] as const,
      [RELEASE_FILE, canonicalText(envelope)] as const,
    ]) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), content);
    }
    return { directory, digest: sha256(text) };
  };
}
