/** A real embedded Node-RED for tests: on loopback, in a directory of its own, gone afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';

const require = createRequire(import.meta.url);

export type Message = Record<string, unknown>;

export interface FlowNode extends Record<string, unknown> {
  readonly id: string;
  readonly type: string;
}

interface RunningNode {
  receive(message: Message): void;
  send(message: unknown): void;
}

interface RedModule {
  init(server: Server, settings: Record<string, unknown>): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly httpAdmin: express.Express;
  readonly httpNode: express.Express;
  readonly runtime: {
    readonly flows: {
      setFlows(options: { flows: { flows: readonly FlowNode[] }; deploymentType?: string }): Promise<unknown>;
    };
  };
  readonly nodes: { getNode(id: string): RunningNode | null };
  readonly events: {
    on(event: string, listener: (event: never) => void): void;
    off(event: string, listener: (event: never) => void): void;
  };
}

export interface StatusEvent {
  readonly id: string;
  readonly status: { readonly fill?: string; readonly text?: string };
}

export interface EmbeddedNodeRed {
  readonly url: string;
  readonly directory: string;
  readonly red: RedModule;
  /** What a person at the console would read. */
  readonly logs: readonly string[];
  /** Every status so far, oldest first. */
  readonly statuses: readonly StatusEvent[];
  deploy(flow: readonly FlowNode[], type?: 'full' | 'nodes' | 'flows'): Promise<void>;
  node(id: string): RunningNode;
  /** Resolves with the newest status text of the node once it satisfies. */
  status(id: string, satisfies: (text: string) => boolean): Promise<string>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Called as a palette's entry would be, with Node-RED's API. */
  readonly register?: (red: never) => unknown;
  /** Directories of packages or nodes that Node-RED loads. */
  readonly nodesDir?: readonly string[];
  readonly settings?: Record<string, unknown>;
}

/** Starts Node-RED 5 in this process. One at a time: Node-RED keeps its state in its modules. */
export async function startNodeRed(options: EmbeddedOptions = {}): Promise<EmbeddedNodeRed> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  const fixtures = join(directory, 'fixtures');
  const nodesDir = [...(options.nodesDir ?? [])];
  if (options.register) {
    await writeFixture(fixtures, options.register);
    nodesDir.push(fixtures);
  }
  const app = express();
  const server = createServer(app);
  const red = require('node-red') as RedModule;
  const statuses: StatusEvent[] = [];
  const logs: string[] = [];
  // A node that is removed, or made anew, has none for a moment.
  const onStatus = ({ id, status = {} }: Partial<StatusEvent> & { id: string }) => void statuses.push({ id, status });
  red.init(server, {
    userDir: directory,
    nodesDir,
    flowFile: 'flows.json',
    httpAdminRoot: '/',
    httpNodeRoot: '/api',
    credentialSecret: 'only for this test',
    editorTheme: { palette: { catalogues: [] }, tours: false },
    logging: {
      console: { level: 'off', metrics: false, audit: false },
      test: { level: 'info', handler: () => (entry: { msg?: unknown }) => void logs.push(String(entry.msg)) },
    },
    telemetry: { enabled: false, updateNotification: false },
    functionTimeout: 5,
    ...options.settings,
  });
  app.use('/', red.httpAdmin);
  app.use('/api', red.httpNode);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  red.events.on('node-status', onStatus);
  const started = flowsStarted(red);
  await red.start();
  await started;

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    directory,
    red,
    logs,
    statuses,
    async deploy(flow, type = 'full') {
      const started = flowsStarted(red);
      await red.runtime.flows.setFlows({ flows: { flows: flow }, deploymentType: type });
      await started;
    },
    node(id) {
      const node = red.nodes.getNode(id);
      if (!node) throw new Error(`no node "${id}" runs`);
      return node;
    },
    async status(id, satisfies) {
      return until(() => {
        const last = statuses.filter((event) => event.id === id).at(-1);
        return last?.status.text !== undefined && satisfies(last.status.text) ? last.status.text : undefined;
      }, `a status of ${id}`);
    },
    async stop() {
      await red.stop();
      red.events.off('node-status', onStatus);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Polls until `probe` gives something. A safety net against hanging, not a measurement. */
export async function until<T>(
  probe: () => T | undefined | Promise<T | undefined>,
  what: string,
  limit = 60_000,
): Promise<T> {
  const started = Date.now();
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() - started > limit) throw new Error(`waited ${limit} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Node-RED answers a start or a deploy before the flows run: this resolves when they do. */
function flowsStarted(red: RedModule): Promise<void> {
  return new Promise((resolve) => {
    const onStarted = () => {
      red.events.off('flows:started', onStarted);
      resolve();
    };
    red.events.on('flows:started', onStarted);
  });
}

async function writeFixture(directory: string, register: (red: never) => unknown): Promise<void> {
  const key = `millrace-fixture-${Math.random().toString(36).slice(2)}`;
  (globalThis as Record<string, unknown>)[key] = register;
  await import('node:fs/promises').then(({ mkdir }) => mkdir(directory, { recursive: true }));
  await writeFile(
    join(directory, 'fixture.js'),
    `module.exports = (RED) => globalThis[${JSON.stringify(key)}](RED);\n`,
  );
  await writeFile(join(directory, 'fixture.html'), '<script type="text/html" data-template-name="fixture"></script>\n');
}

interface Palette {
  readonly nodes: {
    createNode(node: unknown, config: unknown): void;
    registerType(type: string, make: (this: Collector, config: { readonly id: string }) => void): void;
  };
}
interface Collector {
  on(event: 'input', handler: (message: Message, send: unknown, done: () => void) => void): void;
}

/** Registers a plain node type `collects-KEY` for every list, which keeps each message that it receives there. */
export function registerCollectors(red: unknown, lists: Readonly<Record<string, Message[]>>): void {
  const { nodes } = red as Palette;
  for (const [key, into] of Object.entries(lists)) {
    nodes.registerType(`collects-${key}`, function (config) {
      nodes.createNode(this, config);
      this.on('input', (message, _send, done) => {
        into.push(message);
        done();
      });
    });
  }
}
