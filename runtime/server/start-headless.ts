/** Node-RED with nothing around it: no port, no editor, nothing written. For trying a flow out. */
import { createServer } from 'node:http';
import type { Clock } from '../base/index.ts';
import type { Services } from '../services/index.ts';
import { unusedCoreNodes } from './core-nodes.ts';
import { errors } from './errors.ts';
import { catchFaults } from './faults.ts';
import type { FlowNode } from './flow-file.ts';
import { flowsStarted } from './flows-started.ts';
import { watchFunctionTimers } from './function-timers.ts';
import type { Log } from './log.ts';
import { memoryStorage } from './memory-storage.ts';
import { standInForMissingTypes } from './missing-types.ts';
import { createNodeProblems } from './node-problems.ts';
import { type LoadedNodeRed, loadNodeRed } from './node-red.ts';
import { nodeRedSettings } from './settings.ts';

export interface HeadlessOptions {
  /** Where the nodes that the user has installed are found. Nothing is written there. */
  readonly userDir: string;
  readonly flow: readonly FlowNode[];
  /** As Node-RED keeps them, with the secret that opens them. */
  readonly credentials?: { readonly kept: Readonly<Record<string, unknown>>; readonly secret: string };
  /** The folder of the palette package, and what its nodes share; without them only Node-RED's own nodes are there. */
  readonly palette?: string;
  /** Whether function nodes may load packages that are installed in `userDir`. Default: no. */
  readonly functionModules?: boolean;
  readonly services?: Services;
  readonly clock: Clock;
  readonly log: Log;
  /** Types whose modules need not be loaded, because `adapt` answers for them. */
  readonly replaced: ReadonlySet<string>;
  /** Called when Node-RED is set up and before it loads a node. */
  readonly adapt: (loaded: LoadedNodeRed) => void;
}

export interface Headless {
  readonly loaded: LoadedNodeRed;
  stop(): Promise<void>;
}

/**
 * Starts Node-RED on a flow. Resolves when the flow runs.
 *
 * @throws NODE_RED_FAILED
 */
export async function startHeadless(options: HeadlessOptions): Promise<Headless> {
  const { userDir, flow, credentials, palette, services, clock, log, replaced, adapt } = options;
  const loaded = loadNodeRed();
  const { red, coreNodes, translate } = loaded;
  const problems = createNodeProblems(clock, services?.views, log);
  const needed = flow.filter(({ type }) => !replaced.has(type));
  const excluded = await unusedCoreNodes(coreNodes, needed);
  const settings = nodeRedSettings({
    ...{ userDir, flowFile: 'flows.json', palette, services, excluded, log, translate },
    ...{ password: undefined, checkPassword: undefined, headless: true },
    credentialSecret: credentials?.secret ?? 'none',
    functionModules: options.functionModules ?? false,
  });
  // It never listens: nodes of others may want to hang something on it.
  const server = createServer();
  red.init(server, {
    ...settings,
    storageModule: memoryStorage(flow, credentials?.kept),
    // A flow that is tried out may hand on a million messages: the watch of each function would cost most of the time.
    globalFunctionTimeout: 0,
  });
  standInForMissingTypes(loaded, problems);
  watchFunctionTimers(red, problems);
  adapt(loaded);
  const ignoreFaults = catchFaults({ getNode: (id) => red.nodes.getNode(id), problems, log });
  const started = flowsStarted(red, clock, log);
  await red.start().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw errors.NODE_RED_FAILED({ reason }, { cause: error });
  });
  await started;
  return { loaded, stop: () => red.stop().finally(ignoreFaults) };
}
