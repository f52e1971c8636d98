/**
 * Example flows: to the editor's import dialog, and with their tests to the server's first start; their models and recordings
 * to the palette package.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { palettePackage, root, studioPackage } from './paths.ts';

export async function copyFlows(): Promise<void> {
  const flows = join(root, 'flows');
  await mkdir(join(palettePackage, 'examples'), { recursive: true });
  await mkdir(join(palettePackage, 'models'), { recursive: true });
  for (const entry of await readdir(flows, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const flow = join(flows, entry.name);
    await cp(join(flow, 'flow.json'), join(palettePackage, 'examples', `${entry.name}.json`));
    await cp(join(flow, 'flow.json'), join(studioPackage, 'flows', entry.name, 'flow.json'));
    await copyIfThere(join(flow, 'tests'), join(studioPackage, 'flows', entry.name, 'tests'));
    for (const kept of ['models', 'recordings']) await copyIfThere(join(flow, kept), join(palettePackage, kept));
  }
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await cp(from, to, { recursive: true });
}
