import { readFile } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import type { MachineProfile } from '../../messages/index.ts';

/** The version of Millrace, and of Node.js that runs it. */
export async function installationProfile(): Promise<Pick<MachineProfile, 'millrace' | 'node'>> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  const { version, engines } = JSON.parse(text) as {
    readonly version: string;
    readonly engines: { readonly node: string };
  };
  return {
    millrace: version,
    node: {
      version: process.versions.node,
      abi: process.versions.modules,
      least: engines.node.replace('>=', ''),
      path: process.execPath,
      heapBytes: getHeapStatistics().heap_size_limit,
    },
  };
}
