// node scripts/fill-flow.ts FLOW.json: writes every setting of every Millrace node of a flow, as the editor would.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
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
  const { config } = (await import(path)) as { config: z.ZodObject };
  const { name, ...settings } = config.parse(node);
  const { id, type, z, g } = node;
  const place = Object.fromEntries(PLACE.filter((key) => key in node).map((key) => [key, node[key]]));
  return { id, type, ...(z !== undefined && { z }), ...(g !== undefined && { g }), name, ...settings, ...place };
}
