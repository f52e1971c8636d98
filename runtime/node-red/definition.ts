import type { z } from 'zod';
import type { MillraceError } from '../base/index.ts';
import type { Services } from '../services/index.ts';
import type { ViewBody } from '../messages/index.ts';

/** An ordinary Node-RED message. What a node does not set, it passes on. */
export type NodeMessage = Record<string, unknown>;

/** Sends on output 1, or on each output its own entry (`undefined`: nothing). An inner array is several messages. */
export type Send = (messages: NodeMessage | readonly (NodeMessage | readonly NodeMessage[] | undefined)[]) => void;

/** How a status looks; its words come from the node's locale.json. */
export type StatusLook = 'ok' | 'active' | 'waiting' | 'warning' | 'error' | 'off';

/** What a node's `setup` is given: everything it may know of the world outside its room. */
export interface NodeContext<Settings> {
  readonly id: string;
  /** Its name, or its type where the user gave none. */
  readonly name: string;
  readonly type: string;
  /** Parsed by the node's own schema, after Node-RED's `${NAME}` substitution. */
  readonly settings: Settings;
  /** Secrets: never part of the settings. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly services: Services;
  /** Shows `status.<key>` of the node's locale.json, cut to 19 characters. */
  status(look: StatusLook, key: string, values?: Readonly<Record<string, string | number>>): void;
  /** Shows a summary in the sidebar and under the node. May be called at any rate: at most ten a second are sent. */
  show(view: ViewBody): void;
  /** Sends messages that no input caused: what a source reads. */
  send: Send;
  /**
   * From `close`, where the node is not removed: what it held back is sent by the node of the same id that comes in its place,
   * once the flows run. The nodes behind it may be closing too: what is sent now would be lost.
   */
  leave: Send;
  /**
   * Resolves when Millrace's nodes have few enough messages in hand for the next: for a source that can send faster than they
   * work. The event loop turns at least once meanwhile.
   */
  relieved(): Promise<void>;
  /**
   * Tells of something that is not wrong, but should be known: on the console once, and in the sidebar until it is called with
   * nothing. Catch does not hear of it.
   */
  warn(warning: MillraceError | undefined): void;
  /** Reports an error that no input caused: to Catch, the sidebar and the status. */
  fail(error: unknown): void;
  /**
   * What the config node of this id shares, once it is set up; `undefined` for an empty id: use the built-in default.
   *
   * @throws the config node's own error if it could not be set up; CONFIG_NODE_MISSING if there is none of this id
   */
  shared<T>(id: string): Promise<T | undefined>;
}

/** What `setup` returns. */
export interface NodeBehaviour {
  /** One message. Resolved: done. Rejected: the error reaches Catch, the status and the sidebar, once. */
  input?(message: NodeMessage, send: Send): unknown;
  /** Before the process stops, while the nodes behind it still work: sends what it holds back. */
  flush?(): unknown;
  /** As soon as the node is to be closed, before messages that it has taken are waited for: lets go of long work. */
  leaving?(): void;
  /** Awaited at redeploy and shutdown. `removed`: the user deleted the node. */
  close?(removed: boolean): unknown;
  /** Of a config node: what `shared` gives to the nodes that refer to it. */
  readonly shares?: unknown;
  /**
   * A command of whoever may change the flows, by a button in the sidebar or in a dialog: `POST /millrace/tell/ID`. It is parsed
   * with `parseRequest`. What it returns is answered; an error is shown at the button, not at the node.
   */
  told?(command: unknown): unknown;
  /** For the definition's own `preview`: what the node has seen last. */
  readonly seen?: () => unknown;
}

export interface PreviewParts {
  readonly services: Services;
  readonly behaviour: NodeBehaviour | undefined;
  /** As a node's own: what the config node of this id shares, as it is deployed. */
  shared<T>(id: string): Promise<T | undefined>;
}

export interface NodeDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly type: string;
  readonly config: Schema;
  /** Names of the secrets, kept as Node-RED credentials. */
  readonly credentials?: readonly string[];
  /** Oldest first; each takes a saved config and returns it in the next shape. */
  readonly migrations?: readonly ((saved: Record<string, unknown>) => Record<string, unknown>)[];
  /**
   * What the dialog shows of settings that are not deployed yet; the behaviour is that of the deployed node, if there is one.
   * Served to the dialog at `/millrace/nodes/TYPE/preview`.
   */
  preview?(draft: z.output<Schema>, parts: PreviewParts): unknown;
  setup(node: NodeContext<z.output<Schema>>): NodeBehaviour | Promise<NodeBehaviour>;
}
