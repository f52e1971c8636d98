/** The parts of Node-RED's embedding API that the server uses, typed by what Node-RED 5 does. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Server } from 'node:http';
import type { Express } from 'express';
import type { FlowNode } from './flow-file.ts';

export type WireMessage = Record<string, unknown>;

export interface RedNode {
  readonly id: string;
  readonly name?: string;
  readonly type: string;
  error: (error: unknown, message?: WireMessage) => void;
  /** Its outputs, each with the ids of the nodes that it is wired to. */
  updateWires(wires: readonly (readonly string[])[] | undefined): void;
  /** A message at output 1, or at each output its own, or several. */
  send(messages: unknown): void;
  /** Takes a message as if it had come by a wire. */
  receive(message: WireMessage | undefined): void;
  /** Its tab or subflow, then the instances of subflows that it is in, then its own id, with `/` between. */
  readonly _path?: string;
  /** Of an instance of a subflow this is the subflow's own. */
  readonly _flow?: { readonly path?: string };
  on(event: 'input', listener: (message: unknown, send: unknown, done: (error?: unknown) => void) => void): void;
  on(event: 'close', listener: () => void): void;
  status(status: { fill: string; shape: string; text: string }): void;
}

/** What a node is about to send, of which a hook may keep Node-RED. */
export interface SendEvent {
  readonly source: { readonly id: string; readonly node: RedNode };
}

export interface ReceiveEvent {
  readonly msg: WireMessage;
  readonly destination: { readonly id: string; readonly node: RedNode };
}

/** What a node's constructor is given: what the flow file says of it, and where it stands. */
export type NodeConfig = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };
export type NodeConstructor = (this: RedNode, config: NodeConfig) => void;

export interface NodeRed {
  init(server: Server, settings: Record<string, unknown>): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly httpAdmin: Express;
  readonly httpNode: Express;
  readonly nodes: {
    createNode(node: RedNode, config: NodeConfig): void;
    getNode(id: string): RedNode | null;
    /** What is deployed, without credentials. */
    getFlows(): { readonly flows: readonly FlowNode[] };
    getCredentials(id: string): Readonly<Record<string, unknown>> | undefined;
    /** What is installed, by the package that it came with. */
    getNodeList(): readonly { readonly module: string; readonly types: readonly string[] }[];
  };
  readonly hooks: {
    add(hook: 'onSend.millrace', judge: (sent: readonly SendEvent[]) => false | undefined): void;
    add(hook: 'onReceive.millrace', see: (received: ReceiveEvent) => void): void;
    remove(hook: '*.millrace'): void;
  };
  readonly events: {
    on(event: string, listener: (value: never) => void): void;
    off(event: string, listener: (value: never) => void): void;
  };
}

/** Node-RED's registry of node types, by which it decides whether a flow is complete. */
export interface TypeRegistry {
  get(type: string): unknown;
  /** Whether what function nodes load is installed. Node-RED starts nothing while it rejects. */
  checkFlowDependencies(flow: unknown): Promise<void>;
}

export interface ParsedFlow {
  /** Types that were not found. Node-RED starts nothing while there is one. */
  missingTypes: readonly string[];
}

/** Node-RED's reading of a flow file; of the nodes it marks those that are instances of a subflow. */
export interface FlowParser {
  parseConfig(nodes: readonly { readonly type: string; subflow?: string }[]): ParsedFlow;
}

export interface LoadedNodeRed {
  readonly red: NodeRed;
  /** Node-RED's own text of a key, in the language it runs in. */
  readonly translate: (key: string) => string;
  /** What the constructor of every node inherits from. */
  readonly Node: { readonly prototype: object };
  readonly registry: TypeRegistry;
  readonly parser: FlowParser;
  /** The folder of `@node-red/nodes`. */
  readonly coreNodes: string;
}

/** Loads Node-RED: 200 ms and 40 MB, so only when it is to run. It keeps its state in its modules: one a process. */
export function loadNodeRed(): LoadedNodeRed {
  const require = createRequire(import.meta.url);
  const within = createRequire(require.resolve('node-red'));
  return {
    red: within('node-red') as NodeRed,
    translate: (within('@node-red/util') as { log: { _: (key: string) => string } }).log._,
    Node: within('@node-red/runtime/lib/nodes/Node.js') as { prototype: object },
    registry: within('@node-red/registry') as TypeRegistry,
    parser: within('@node-red/runtime/lib/flows/util.js') as FlowParser,
    coreNodes: dirname(within.resolve('@node-red/nodes')),
  };
}
