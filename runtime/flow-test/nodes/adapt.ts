/** Puts eyes on Node-RED's nodes and stand-ins in the place of some: from outside, the flow stays as it is. */
import type { LoadedNodeRed, NodeConfig, NodeConstructor, RedNode, WireMessage } from '../../server/index.ts';
import { type Address, addressOfConfig, addressOfNode } from './address.ts';

/** What happens at nodes, as it happens. Messages may change afterwards. */
export interface Sightings {
  /** @param port counted from 0 */
  sent(address: Address, port: number, message: WireMessage): void;
  received(address: Address, message: WireMessage): void;
  error(address: Address, error: unknown): void;
  status(address: Address, text: string): void;
}

export interface Adaptation {
  /** Nodes that a stand-in takes the place of. */
  readonly silenced: ReadonlySet<Address>;
  /** Types of which every node is a stand-in. */
  readonly outside: ReadonlySet<string>;
  /** Nodes whose outputs are looked at. */
  readonly watched: ReadonlySet<Address>;
  /** Whether anybody looks at what arrives: Node-RED asks at every message. */
  readonly inputs: boolean;
  readonly sightings: Sightings;
}

export interface Nodes {
  /** The running node; none where the flow could not make it. */
  at(address: Address): RedNode | undefined;
}

/** To be called before Node-RED makes a node. */
export function adaptNodes(loaded: LoadedNodeRed, adaptation: Adaptation): Nodes {
  const nodes = new Map<Address, RedNode>();
  const addresses = new Map<string, Address>();
  standIn(loaded, adaptation);
  watchNodes(loaded, adaptation, (address, node) => {
    nodes.set(address, node);
    addresses.set(node.id, address);
  });
  const { sightings } = adaptation;
  if (adaptation.inputs) {
    loaded.red.hooks.add('onReceive.millrace', ({ msg, destination }) =>
      sightings.received(addresses.get(destination.id) ?? destination.id, msg),
    );
  }
  loaded.red.events.on('node-status', ({ id, status }: { id: string; status: { text?: unknown } }) =>
    sightings.status(addresses.get(id) ?? id, typeof status.text === 'string' ? status.text : ''),
  );
  return { at: (address) => nodes.get(address) };
}

function standIn({ red, registry, parser, Node }: LoadedNodeRed, adaptation: Adaptation): void {
  const { silenced, outside, sightings } = adaptation;
  const passive: NodeConstructor = function (config) {
    red.nodes.createNode(this, config);
    this.on('input', (_message, _send, done) => done());
  };
  Object.setPrototypeOf(passive.prototype, Node.prototype);

  const known = registry.get.bind(registry);
  const chosen = new Map<unknown, NodeConstructor>();
  registry.get = (type) => {
    if (outside.has(type)) return passive;
    const real = known(type);
    // A subflow that a package brings is a table, not a constructor.
    if (typeof real !== 'function') return real;
    const choose = chosen.get(real) ?? chooser(real as NodeConstructor, passive, silenced, sightings);
    chosen.set(real, choose);
    return choose;
  };

  // A silenced instance of a subflow is made a node like any other, for which a stand-in is found.
  const parse = parser.parseConfig.bind(parser);
  parser.parseConfig = (list) => {
    const parsed = parse(list);
    for (const node of list as readonly (NodeConfig & { subflow?: string })[]) {
      if (silenced.has(node.id)) delete node.subflow;
    }
    return parsed;
  };
}

function chooser(
  real: NodeConstructor,
  passive: NodeConstructor,
  silenced: ReadonlySet<Address>,
  sightings: Sightings,
): NodeConstructor {
  return function (config) {
    const address = addressOfConfig(config);
    try {
      return Reflect.construct(silenced.has(address) ? passive : real, [config]) as never;
    } catch (error) {
      // Node-RED only logs it.
      sightings.error(address, error);
      throw error;
    }
  };
}

/** The part of Node-RED's Node that every node inherits. */
interface Prototype {
  updateWires(this: RedNode, wires: Parameters<RedNode['updateWires']>[0]): void;
  error(this: RedNode, error: unknown, message?: WireMessage): void;
}

function watchNodes(
  { Node }: LoadedNodeRed,
  { watched, sightings }: Adaptation,
  made: (address: Address, node: RedNode) => void,
): void {
  const prototype = Node.prototype as Prototype;
  const { updateWires, error } = prototype;
  // The first thing that Node-RED does with a new node, and where it chooses how the node sends.
  prototype.updateWires = function (wires) {
    updateWires.call(this, wires);
    const address = addressOfNode(this);
    made(address, this);
    if (!watched.has(address)) return;
    const pass = this.send.bind(this);
    this.send = (messages) => {
      eachSent(messages, (port, message) => sightings.sent(address, port, message));
      pass(messages);
    };
  };
  prototype.error = function (thrown, message) {
    sightings.error(addressOfNode(this), thrown);
    error.call(this, thrown, message);
  };
}

function eachSent(messages: unknown, see: (port: number, message: WireMessage) => void): void {
  const outputs: readonly unknown[] = Array.isArray(messages) ? messages : [messages];
  outputs.forEach((output, port) => {
    for (const message of Array.isArray(output) ? (output as unknown[]) : [output]) {
      if (typeof message === 'object' && message !== null) see(port, message as WireMessage);
    }
  });
}
