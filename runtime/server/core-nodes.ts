/** Node-RED's own nodes: which files of them a gateway without an editor can do without. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowNode } from './flow-file.ts';

/** A file of core nodes, and the types that it brings. */
export interface CoreFile {
  readonly name: string;
  readonly types: readonly string[];
}

/** @param directory Node-RED's `@node-red/nodes` */
export async function coreFiles(directory: string): Promise<CoreFile[]> {
  const entries = await readdir(join(directory, 'core'), { recursive: true, withFileTypes: true });
  const pages = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.html'));
  return await Promise.all(
    pages.map(async ({ parentPath, name }) => {
      const page = await readFile(join(parentPath, name), 'utf8');
      const types = [...page.matchAll(/registerType\(\s*['"]([^'"]+)['"]/g)].map(([, type = '']) => type);
      return { name: name.replace(/\.html$/, '.js'), types };
    }),
  );
}

/**
 * The files of core nodes of which a flow uses none. Without an editor the flow cannot change, so they need not be loaded:
 * that makes the start faster and the process smaller.
 *
 * @param directory Node-RED's `@node-red/nodes`
 * @returns file names, as the setting `nodesExcludes` takes them
 */
export async function unusedCoreNodes(directory: string, flow: readonly FlowNode[]): Promise<string[]> {
  const used = new Set(flow.map(({ type }) => type));
  // Subflows carry their environment's config types in settings; a type named anywhere in the flow counts as used.
  const named = JSON.stringify(flow);
  const isNeeded = (type: string) => used.has(type) || named.includes(`"${type}"`);
  const files = await coreFiles(directory);
  return files.filter(({ types }) => types.length > 0 && !types.some(isNeeded)).map(({ name }) => name);
}
