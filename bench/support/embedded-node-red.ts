/** Node-RED 5 in this process, headless, with the nodes as they are built. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../dist/millrace/nodes');

export interface FlowNode extends Record<string, unknown> {
  readonly id: string;
  readonly type: string;
}

interface RedModule {
  init(server: unknown, settings: Record<string, unknown>): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly runtime: {
    readonly flows: { setFlows(options: { flows: { flows: readonly FlowNode[] } }): Promise<unknown> };
  };
  readonly events: { once(event: string, listener: () => void): void };
}

export interface EmbeddedNodeRed {
  /** Where Millrace keeps what is its own. */
  readonly directory: string;
  deploy(flow: readonly FlowNode[]): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param arrived called with every message that a node of the type `bench-sink` takes
 * @param globals what function nodes find in their global context
 * @param settings beside those that keep it headless and quiet
 */
export async function startNodeRed(
  arrived: (message: Record<string, unknown>) => void,
  globals: Readonly<Record<string, unknown>> = {},
  settings: Readonly<Record<string, unknown>> = {},
): Promise<EmbeddedNodeRed> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-bench-'));
  const sink = join(userDir, 'sink');
  await mkdir(sink);
  await writeFile(
    join(sink, 'bench-sink.js'),
    `module.exports = (RED) => RED.nodes.registerType('bench-sink', function (config) {
      RED.nodes.createNode(this, config);
      this.on('input', (message, send, done) => { RED.settings.arrived(message); done(); });
    });`,
  );
  await writeFile(join(sink, 'bench-sink.html'), '<script type="text/html" data-template-name="bench-sink"></script>');
  const red = createRequire(import.meta.url)('node-red') as RedModule;
  red.init(createServer(), {
    ...{ userDir, nodesDir: [built, sink], flowFile: 'flows.json', arrived, functionGlobalContext: globals },
    ...{ httpAdminRoot: false, httpNodeRoot: false, disableEditor: true, credentialSecret: 'bench' },
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: 'off', metrics: false, audit: false } },
    ...settings,
  });
  const flowsStarted = () => new Promise<void>((resolve) => red.events.once('flows:started', resolve));
  const started = flowsStarted();
  await red.start();
  await started;
  return {
    directory: join(userDir, 'millrace'),
    async deploy(flow) {
      const running = flowsStarted();
      await red.runtime.flows.setFlows({ flows: { flows: flow } });
      await running;
    },
    async stop() {
      await red.stop();
      await rm(userDir, { recursive: true, force: true });
    },
  };
}
