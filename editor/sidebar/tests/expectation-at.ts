import type { Expectation } from '../../../runtime/messages/index.ts';
import type { Store } from '../../live/store.ts';
import { newExpectation } from './draft.ts';
import { type FlowNode, nodeNamed } from './flow-nodes.ts';
import { propertiesOf, suggestionFor } from './suggestions.ts';

/** What one would expect of a node first: what it shows now, where it shows something. The times of an older one are kept. */
export function expectationAt(
  store: Store,
  nodes: readonly FlowNode[],
  key: string,
  older: Partial<Pick<Expectation, 'from' | 'within' | 'bySample'>> = {},
): Expectation {
  const node = nodeNamed(nodes, key);
  const { from, within, bySample } = older;
  const times = {
    ...(from !== undefined && { from }),
    ...(within !== undefined && { within }),
    ...(bySample !== undefined && { bySample }),
  };
  if (!node) return { ...newExpectation(key), ...times };
  const suggested = suggestionFor(store, node);
  if (suggested) return { ...suggested, ...times };
  const [property = 'payload'] = propertiesOf(store, node);
  return { ...newExpectation(key), property, ...(node.outputs === 0 && node.inputs > 0 && { input: true }), ...times };
}
