import {
  ACTUATORS,
  boardPlace,
  boardSettings,
  CHANNEL_KINDS,
  normalisePin,
  pinUses,
  SENSORS,
} from '../../../devices/schema.ts';
import type { BundleNeeds, FlowNode } from '../../types.ts';
import { activeNodes, textOf } from '../nodes.ts';

type BoardNeeds = BundleNeeds['boards'][number];
type PinNeeds = NonNullable<BoardNeeds['pins']>;

const { tcpPort: USUAL_PORT, baud: USUAL_BAUD } = boardSettings.parse({});

/** The real boards of a flow, with what the nodes that use it need of its firmware and of its pins. */
export function boardsOf(flow: readonly FlowNode[]): BundleNeeds['boards'] {
  const nodes = activeNodes(flow);
  return nodes
    .flatMap((board) => {
      const kind = textOf(board, 'kind');
      if (board.type !== 'board' || (kind !== 'serial' && kind !== 'tcp')) return [];
      const [host, tcpPort] = [textOf(board, 'host'), Number(board['tcpPort'] ?? USUAL_PORT)];
      const port = boardPlace({ kind, port: textOf(board, 'port'), host, tcpPort });
      const baud = Number(board['baud'] ?? USUAL_BAUD);
      const users = nodes.filter((node) => node['board'] === board.id);
      const features = [...new Set(users.flatMap(featuresFor))].sort();
      const pins = sorted(users.flatMap(pinsFor));
      return {
        ...{ node: board.id, name: textOf(board, 'name') || board.id, kind, ...(port !== '' && { port }), features },
        ...(kind === 'serial' && baud !== USUAL_BAUD && Number.isInteger(baud) && baud > 0 && { baud }),
        ...(pins.length > 0 && { pins }),
      };
    })
    .sort((a, b) => (a.node < b.node ? -1 : 1));
}

function featuresFor(node: FlowNode): readonly string[] {
  if (node.type === 'pins') return channelsOf(node).some(({ chip }) => chip !== undefined) ? ['i2c'] : [];
  return componentOf(node)?.needs ?? [];
}

function pinsFor(node: FlowNode): PinNeeds {
  if (node.type === 'pins') {
    return channelsOf(node).flatMap(({ pin, chip }) =>
      chip === undefined && pin !== '' ? [{ pin, use: 'analog' }] : [],
    );
  }
  const component = componentOf(node);
  const chosen = Array.isArray(node['pins']) ? node['pins'].map(String) : [];
  return component ? pinUses(component, chosen) : [];
}

const componentOf = ({ type, kind }: FlowNode) =>
  type === 'sensor' ? entry(SENSORS, kind) : type === 'actuator' ? entry(ACTUATORS, kind) : undefined;

/** Those whose kind is known, with the chip that they are on. */
function channelsOf(node: FlowNode): readonly { readonly pin: string; readonly chip?: string }[] {
  const channels = Array.isArray(node['channels']) ? (node['channels'] as unknown[]) : [];
  return channels.flatMap((channel) => {
    const { kind, pin } = (channel ?? {}) as { readonly kind?: unknown; readonly pin?: unknown };
    const known = entry<{ readonly chip?: string }>(CHANNEL_KINDS, kind);
    const chip = known?.chip;
    return known
      ? [{ pin: normalisePin(typeof pin === 'string' ? pin : ''), ...(chip !== undefined && { chip }) }]
      : [];
  });
}

/** Each once, in an order that does not depend on that of the nodes. */
function sorted(pins: PinNeeds): PinNeeds {
  const each = new Map(pins.map((need) => [`${need.pin} ${need.use}`, need]));
  return [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
}

const entry = <T>(table: Readonly<Record<string, T>>, key: unknown): T | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
