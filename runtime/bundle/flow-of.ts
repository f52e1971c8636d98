import { joinFlow } from './flow/join-flow.ts';
import { readBundle } from './read/read-bundle.ts';
import type { FlowNode, OpenBundle } from './types.ts';

/**
 * The flow of a bundle, as Node-RED takes it. Secrets are not in it: they are settings of the device.
 *
 * @param bundle open, or where it lies
 * @throws BUNDLE_FLOW_INVALID; what reading the bundle throws
 */
export async function flowOf(bundle: OpenBundle | string): Promise<FlowNode[]> {
  const open = typeof bundle === 'string' ? await readBundle(bundle) : bundle;
  const files = new Map<string, string>();
  for (const path of Object.keys(open.manifest.files)) {
    if (path.startsWith('flows/')) files.set(path, (await open.read(path)).toString('utf8'));
  }
  return joinFlow(files);
}
