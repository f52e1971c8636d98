/** Example flows: to the editor's import dialog, to the server's first start, and their models to the palette package. */
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
    const models = join(flow, 'models');
    if (existsSync(models)) await cp(models, join(palettePackage, 'models'), { recursive: true });
  }
}
