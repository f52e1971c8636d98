import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { typesIn } from '../bundle/index.ts';
import { coreFiles } from './core-nodes.ts';
import { findPalette } from './start-server.ts';

/**
 * The types of nodes that every gateway has: Node-RED's own and Millrace's. Told by their files: Node-RED need not run.
 *
 * @throws PALETTE_MISSING
 */
export async function builtInTypes(): Promise<ReadonlySet<string>> {
  const within = createRequire(createRequire(import.meta.url).resolve('node-red'));
  const core = await coreFiles(dirname(within.resolve('@node-red/nodes')));
  const palette = await typesIn(findPalette());
  return new Set([...core.flatMap(({ types }) => types), ...palette]);
}
