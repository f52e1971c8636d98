import { BUILT_IN_PORT } from '../../../outbox/schema.ts';
import type { FlowNode } from '../../types.ts';
import { activeNodes, textOf } from '../nodes.ts';

/**
 * The TCP ports that a flow listens on, beside the one of the process itself: of the built-in broker, and of `tcp in`. What a
 * gateway says of itself are those of TCP too: the same number of UDP is another port.
 */
export function portsOf(flow: readonly FlowNode[]): number[] {
  const servers = activeNodes(flow).filter((node) => node.type === 'tcp in' && textOf(node, 'server') === 'server');
  return sorted([...brokerPortsOf(flow), ...servers.map((node) => node['port'])]);
}

/** Those of the built-in broker alone. */
export function brokerPortsOf(flow: readonly FlowNode[]): number[] {
  const ports = activeNodes(flow).flatMap((node): unknown[] => {
    if (node.type === 'target')
      return ['', 'built-in'].includes(textOf(node, 'kind')) ? [node['port'] ?? BUILT_IN_PORT] : [];
    // Without a target it means the built-in one.
    return node.type === 'upload' && textOf(node, 'target') === '' ? [BUILT_IN_PORT] : [];
  });
  return sorted(ports);
}

function sorted(ports: readonly unknown[]): number[] {
  const numbers = ports.map(Number).filter((port) => Number.isInteger(port) && port > 0 && port <= 65_535);
  return [...new Set(numbers)].sort((a, b) => a - b);
}
