import type { FlowNode } from '../../server/index.ts';
import { errors } from '../errors.ts';
import type { Address } from './address.ts';

/** A node of the flow, found by what a test calls it. */
export interface Place {
  readonly address: Address;
  readonly id: string;
  readonly type: string;
  /** What a person calls it. */
  readonly label: string;
  /** Where its messages leave: of an instance of a subflow these are nodes inside it. */
  outputs(output: number): readonly Port[] | undefined;
  readonly outputCount: number;
}

export interface Port {
  readonly address: Address;
  /** Counted from 0. */
  readonly port: number;
}

export interface FlowMap {
  /**
   * @param name    an id, or a name that only one node has; inside a subflow `INSTANCE/NODE`, or the node alone where only
   *                one is called so
   * @param setting of the test, for messages
   * @throws TEST_NODE_UNKNOWN with the names there are, TEST_NODE_AMBIGUOUS with the ids
   */
  find(name: string, setting: string): Place;
  /** What a person calls the node at this address. */
  labelOf(address: Address): string;
}

interface SubflowEnd {
  readonly wires: readonly { readonly id: string; readonly port?: number }[];
}

const DECORATION = /^(tab|group|comment|subflow)$/;
const SUBFLOW = /^subflow:(.+)$/;
/** Of a message with the names that there are. */
const LISTED = 30;

/** Reads off a flow what its nodes are called and where they stand. */
export function mapFlow(flow: readonly FlowNode[]): FlowMap {
  const definitions = new Map(flow.filter(({ type }) => type === 'subflow').map((node) => [node.id, node]));
  const places = new Map<Address, Place & { readonly names: readonly string[] }>();
  const members = new Map<string, FlowNode[]>();
  for (const node of flow) {
    if (DECORATION.test(node.type) || node['d'] === true) continue;
    const home = typeof node['z'] === 'string' && definitions.has(node['z']) ? node['z'] : '';
    members.set(home, [...(members.get(home) ?? []), node]);
  }

  const place = (node: FlowNode, prefix: string, names: readonly string[], depth: number): void => {
    const address = prefix + node.id;
    const called = typeof node['name'] === 'string' && node['name'] !== '' ? node['name'] : node.type;
    const definition = definitions.get(SUBFLOW.exec(node.type)?.[1] ?? '');
    const title = definition && called === node.type ? (text(definition['name']) ?? called) : called;
    const own = [node.id, title];
    const all = names.length === 0 ? own : names.flatMap((outer) => own.map((inner) => `${outer}/${inner}`));
    const label = names.length === 0 ? title : `${names.at(-1) ?? ''}/${title}`;
    const ends = definition && (definition['out'] as readonly SubflowEnd[] | undefined);
    const wired = Array.isArray(node['wires']) ? node['wires'].length : 0;
    const stated = typeof node['outputs'] === 'number' ? node['outputs'] : 0;
    places.set(address, {
      ...{ address, id: node.id, type: node.type, label, names: all },
      outputCount: ends ? ends.length : Math.max(wired, stated),
      outputs: (output) => (ends ? portsOf(ends, output, address, node.type) : [{ address, port: output - 1 }]),
    });
    if (!definition || depth > definitions.size) return;
    for (const inner of members.get(definition.id) ?? []) place(inner, `${address}/`, all, depth + 1);
  };
  for (const node of members.get('') ?? []) place(node, '', [], 0);

  return {
    find(name, setting) {
      const exact = places.get(name);
      if (exact) return exact;
      const all = [...places.values()];
      const named = all.filter(({ names }) => names.includes(name));
      // Without the instance, where that is enough.
      const inside =
        named.length > 0 ? named : all.filter(({ names }) => names.some((long) => long.endsWith(`/${name}`)));
      const [first, second] = inside;
      if (second) throw errors.TEST_NODE_AMBIGUOUS({ node: name, setting, ids: inside.map(({ address }) => address) });
      if (first) return first;
      throw errors.TEST_NODE_UNKNOWN({ node: name, setting, known: knownNames(all) });
    },
    labelOf: (address) => places.get(address)?.label ?? address,
  };
}

/** Names where they tell nodes apart, else ids. */
function knownNames(places: readonly Place[]): string[] {
  const counts = new Map<string, number>();
  for (const { label } of places) counts.set(label, (counts.get(label) ?? 0) + 1);
  const names = places.map(({ label, address }) => (counts.get(label) === 1 ? label : address));
  return names.length > LISTED ? [...names.slice(0, LISTED), `and ${names.length - LISTED} more`] : names;
}

/** The nodes inside a subflow that are wired to one of its outputs. */
function portsOf(ends: readonly SubflowEnd[], output: number, address: Address, type: string): Port[] | undefined {
  return ends[output - 1]?.wires.map(({ id, port = 0 }) =>
    // An input that is wired straight to an output: what the instance itself hands on.
    `subflow:${id}` === type ? { address, port } : { address: `${address}/${id}`, port },
  );
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
