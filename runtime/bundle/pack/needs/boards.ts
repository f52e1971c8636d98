import { ACTUATORS, CHANNEL_KINDS, SENSORS } from '../../../devices/schema.ts';
import type { BundleNeeds, FlowNode } from '../../types.ts';
import { activeNodes, textOf } from '../nodes.ts';

/** The real boards of a flow, with what the firmware of each must be able to do for the nodes that use it. */
export function boardsOf(flow: readonly FlowNode[]): BundleNeeds['boards'] {
  const nodes = activeNodes(flow);
  const real = nodes.filter((node) => node.type === 'board' && ['serial', 'tcp'].includes(textOf(node, 'kind')));
  return real
    .map((board) => {
      const features = nodes.filter((node) => node['board'] === board.id).flatMap(featuresFor);
      const kind = textOf(board, 'kind');
      const port =
        kind === 'serial' ? textOf(board, 'port') : `${textOf(board, 'host')}:${Number(board['tcpPort'] ?? 3030)}`;
      const name = textOf(board, 'name') || board.id;
      return { node: board.id, name, kind, ...(port !== '' && { port }), features: [...new Set(features)].sort() };
    })
    .sort((a, b) => (a.node < b.node ? -1 : 1));
}

function featuresFor(node: FlowNode): readonly string[] {
  if (node.type === 'pins') {
    const channels = Array.isArray(node['channels']) ? (node['channels'] as unknown[]) : [];
    const onBus = channels.some((channel) => {
      const { kind } = (channel ?? {}) as { readonly kind?: unknown };
      return entry(CHANNEL_KINDS, kind)?.chip !== undefined;
    });
    return onBus ? ['i2c'] : [];
  }
  const catalogue = node.type === 'sensor' ? SENSORS : node.type === 'actuator' ? ACTUATORS : {};
  return entry<{ readonly needs?: readonly string[] }>(catalogue, node['kind'])?.needs ?? [];
}

const entry = <T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
