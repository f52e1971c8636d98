// node scripts/fill-flow.ts FLOW.json: writes every setting of every Millrace node of a flow, as the editor would, in
// the shape of today.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { NodeDefinition } from '../runtime/node-red/index.ts';
import { root } from './build/paths.ts';

const PLACE = ['x', 'y', 'wires'];

for (const file of process.argv.slice(2)) {
  const flow = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>[];
  const filled = await Promise.all(flow.map(fill));
  await writeFile(file, `${JSON.stringify(filled, null, 2)}\n`);
}

async function fill(node: Record<string, unknown>): Promise<Record<string, unknown>> {
  const path = join(root, 'nodes', String(node['type']), 'config.ts');
  if (!existsSync(path)) return node;
  const { config, FORMAT } = (await import(path)) as { config: z.ZodObject; FORMAT?: number };
  const { name, ...settings } = config.parse(await migrated(node));
  if (FORMAT !== undefined) settings['format'] = FORMAT;
  const { id, type, z, g } = node;
  const place = Object.fromEntries(PLACE.filter((key) => key in node).map((key) => [key, node[key]]));
  return { id, type, ...(z !== undefined && { z }), ...(g !== undefined && { g }), name, ...settings, ...place };
}

/** The node's settings, as its migrations make them. */
async function migrated(node: Record<string, unknown>): Promise<Record<string, unknown>> {
  const path = join(root, 'nodes', String(node['type']), 'migrations.ts');
  if (!existsSync(path)) return node;
  const { migrations } = (await import(path)) as Pick<NodeDefinition<z.ZodType>, 'migrations'>;
  const done = typeof node['format'] === 'number' ? node['format'] : 0;
  return (migrations ?? []).slice(done).reduce((saved, migrate) => migrate(saved), node);
}
