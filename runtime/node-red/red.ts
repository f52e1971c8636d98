/** The part of Node-RED's runtime API that Millrace uses, typed by what Node-RED 5 does. */
import type { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { Services } from '../services/index.ts';
import type { AdminRoutes, HttpRequest, HttpResponse } from './admin/routes.ts';
import type { NodeMessage, Send } from './definition.ts';

/** What Node-RED hands to a node's constructor: its saved properties. */
export interface SavedConfig extends Record<string, unknown> {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  /** The id of its tab. */
  readonly z?: string;
}

export interface RedNode {
  id: string;
  type: string;
  name?: string;
  z?: string;
  /** By output; empty of a node without outputs. */
  wires?: readonly (readonly string[])[];
  credentials?: Record<string, string>;
  send(messages: unknown): void;
  status(status: { fill?: string; shape?: string; text?: string }): void;
  error(error: unknown, message?: NodeMessage): void;
  warn(text: unknown): void;
  on(
    event: 'input',
    listener: (message: NodeMessage, send: (messages: unknown) => void, done: (error?: unknown) => void) => void,
  ): void;
  on(event: 'close', listener: (removed: boolean, done: () => void) => void): void;
}

type Middleware = (request: unknown, response: unknown, next: () => void) => void;

export interface Red {
  readonly settings: {
    readonly userDir?: string;
    /** Relative to the user directory. */
    readonly flowFile?: string;
    readonly httpAdminRoot?: string | false;
    /** What an embedding host hands over. */
    readonly millrace?: {
      readonly services: Services;
      /** The types that its flow uses, where it cannot change. */
      readonly types?: ReadonlySet<string>;
      /** Routes that only this host has. */
      readonly serve?: (routes: AdminRoutes) => void;
    };
  };
  readonly server?: Server;
  readonly httpAdmin: Readonly<
    Record<
      'get' | 'post' | 'put' | 'delete',
      (path: string, guard: Middleware, handler: (request: HttpRequest, response: HttpResponse) => void) => void
    >
  >;
  readonly auth: { needsPermission(permission: string): Middleware };
  readonly nodes: {
    createNode(node: RedNode, config: SavedConfig): void;
    getNode(id: string): RedNode | null;
    registerType(
      type: string,
      constructor: (this: RedNode, config: SavedConfig) => void,
      options?: { credentials?: Record<string, { type: 'text' | 'password' }> },
    ): void;
  };
  readonly hooks: {
    add(hook: string, listener: (event: never) => void): void;
    remove(hook: string): void;
  };
  readonly events: {
    on(event: string, listener: (value: unknown) => void): void;
    off(event: string, listener: (value: unknown) => void): void;
  };
  readonly log: {
    /** The level of errors; more severe levels are lower. */
    readonly ERROR: number;
    warn(text: string): void;
    error(text: string): void;
    info(text: string): void;
    log(record: { level: number; id: string; type: string; name?: string; msg: unknown }): void;
    addHandler(handler: EventEmitter): void;
  };
  _(key: string, values?: Readonly<Record<string, string | number>>): string;
}

export type { Send };
