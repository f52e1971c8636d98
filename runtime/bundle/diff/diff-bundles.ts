import { flowOf } from '../flow-of.ts';
import type { OpenBundle } from '../types.ts';
import { countMoved, diffFlows } from './diff-flows.ts';
import { diffManifests } from './diff-manifests.ts';
import type { BundleDiff, DiffPart } from './types.ts';

/**
 * What is different about a second bundle, in words: nodes and their settings, wires, model versions, what must be set on
 * the device, packages and tests. Nodes are told apart by their ids. What may be secret is never shown.
 *
 * @throws what reading the flows throws
 */
export async function diffBundles(before: OpenBundle, after: OpenBundle): Promise<BundleDiff> {
  if (before.digest === after.digest) return { same: true, parts: [] };
  const [was, is] = await Promise.all([flowOf(before), flowOf(after)]);
  const moved = countMoved(was, is);
  const places: DiffPart[] =
    moved === 0
      ? []
      : [
          {
            title: 'In the editor',
            changes: [{ sign: '~', text: `${moved} ${moved === 1 ? 'node' : 'nodes'} moved` }],
          },
        ];
  return { same: false, parts: [...diffFlows(was, is), ...diffManifests(before.manifest, after.manifest), ...places] };
}
