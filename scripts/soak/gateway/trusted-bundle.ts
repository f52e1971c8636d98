import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type FlowNode, packBundle, signBundle } from '../../../runtime/bundle/index.ts';
import { makeRoot, makeSigningKey } from '../../../runtime/keys/index.ts';
import { openRegistry } from '../../../runtime/models/registry/index.ts';

const pump = resolve(import.meta.dirname, '../../../flows/pump');
const YEAR = 365 * 24 * 3_600_000;

/**
 * Writes the pump's flow, uploading to `url`, as a signed bundle into a folder, and the root that trusts it.
 *
 * @returns the two files
 */
export async function trustedBundle(
  directory: string,
  url: string,
): Promise<{ readonly bundle: string; readonly root: string }> {
  const flow = (JSON.parse(await readFile(join(pump, 'flow.json'), 'utf8')) as FlowNode[])
    // The cloud is played by the receiver.
    .filter(({ type }) => !['mqtt in', 'mqtt-broker', 'debug'].includes(type))
    .map((node) => (node.type === 'target' ? { ...node, kind: 'mqtt', url } : node));
  const models = openRegistry({ layers: [join(pump, 'models')], directory: join(directory, 'none'), follow: false });
  const builtIn = new Set(flow.map(({ type }) => type));
  const { bytes } = await packBundle({ name: 'pump', flow, models, builtIn, runtime: '0.1.0' });
  await models.close();
  const key = await makeSigningKey(join(directory, 'release.pem'));
  const role = { threshold: 1, keys: [{ id: key.id, publicKey: key.publicKey }] };
  const trusted = makeRoot({ version: 1, expires: Date.now() + YEAR, roles: { root: role, release: role } }, [key]);
  const files = { bundle: join(directory, 'pump.mrb'), root: join(directory, 'root.json') };
  await writeFile(files.root, JSON.stringify(trusted));
  await writeFile(files.bundle, signBundle(bytes, { keys: [key], now: Date.now() }).bytes);
  return files;
}
