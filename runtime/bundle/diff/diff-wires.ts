import type { FlowNode } from '../types.ts';
import type { Change } from './types.ts';

interface Wire {
  readonly from: string;
  /** Counted from 0. */
  readonly output: number;
  readonly to: string;
}

type Nodes = ReadonlyMap<string, FlowNode>;

/** Wires that came and went. Those between two nodes that both came, or both went, go without saying. */
export function diffWires(before: Nodes, after: Nodes): (Change & { readonly node: FlowNode })[] {
  const [old, now] = [wiresOf(before), wiresOf(after)];
  const told = (wires: ReadonlyMap<string, Wire>, others: ReadonlyMap<string, Wire>, sign: '+' | '-') => {
    const [here, there] = sign === '+' ? [after, before] : [before, after];
    return [...wires].flatMap(([key, wire]) => {
      const node = here.get(wire.from);
      if (others.has(key) || !node || (!there.has(wire.from) && !there.has(wire.to))) return [];
      return [{ sign, text: `wire ${words(wire, here)}`, node }];
    });
  };
  return [...told(now, old, '+'), ...told(old, now, '-')];
}

function wiresOf(nodes: Nodes): ReadonlyMap<string, Wire> {
  const found = new Map<string, Wire>();
  for (const { id: from, wires } of nodes.values()) {
    if (!Array.isArray(wires)) continue;
    wires.forEach((targets: unknown, output) => {
      if (!Array.isArray(targets)) return;
      for (const to of targets)
        if (typeof to === 'string') found.set(`${from}\n${output}\n${to}`, { from, output, to });
    });
  }
  return found;
}

/** `"switch", output 2 → "alarm"` */
function words({ from, output, to }: Wire, nodes: Nodes): string {
  const wires = nodes.get(from)?.['wires'];
  const several = Array.isArray(wires) && wires.length > 1;
  return `${plain(from, nodes)}${several ? `, output ${output + 1}` : ''} → ${plain(to, nodes)}`;
}

function plain(id: string, nodes: Nodes): string {
  const { name, label, type } = (nodes.get(id) ?? {}) as Readonly<Record<string, unknown>>;
  const own = [name, label].find((each) => typeof each === 'string' && each !== '');
  return own === undefined ? `${typeof type === 'string' ? `${type} ` : ''}(${id})` : JSON.stringify(own);
}
