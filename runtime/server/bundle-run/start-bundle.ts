/** Runs a bundle: Node-RED without editor and admin API, with what the flow needs and nothing else. */
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { counter, newId, systemClock } from '../../base/index.ts';
import {
  flowOf as flowOfBundle,
  FUNCTION_MODULES,
  linkPackages,
  modelsOf,
  offTypes,
  readBundle,
} from '../../bundle/index.ts';
import { flushNodes } from '../../node-red/index.ts';
import { createServices, servicesFor } from '../../services/index.ts';
import { unusedCoreNodes } from '../core-nodes.ts';
import { drain, drainLimit, type DrainStep } from '../drain.ts';
import { errors } from '../errors.ts';
import { catchFaults } from '../faults.ts';
import { finishMessages } from '../finish-messages.ts';
import { flowsStarted } from '../flows-started.ts';
import { watchFunctionTimers } from '../function-timers.ts';
import { createInjectGate } from '../inject-gate.ts';
import { memoryStorage } from '../memory-storage.ts';
import { standInForMissingTypes } from '../missing-types.ts';
import { createNodeProblems } from '../node-problems.ts';
import { loadNodeRed } from '../node-red.ts';
import { nodeRedSettings } from '../settings.ts';
import { findPalette } from '../start-server.ts';
import { prepareUserDirectory } from '../user-directory.ts';
import { countErrors } from './count-errors.ts';
import { deviceSettings } from './device-settings.ts';
import { memoryWatch } from './memory-watch.ts';
import { checkModels } from './model-vectors.ts';
import type { BundleRunOptions, RunningBundle } from './options.ts';
import { openVitals } from './read-vitals.ts';
import { sealCredentials } from './seal-credentials.ts';
import { openBundleServer } from './serve.ts';

const predictions = counter('millrace_predictions_total', 'Predictions answered');
const uncaught = counter(
  'millrace_uncaught_errors_total',
  'Errors that no code caught, by the type of node they were traced to',
);

/** How often memory is looked at, ms. */
const LOOK = 1000;
/** After so long a flow has loaded what it runs on, ms. */
const SETTLED = 5000;

/**
 * Starts the flow of an unpacked bundle in this process. Resolves when it runs; what a failed start has opened is closed again.
 * Nothing is written into the bundle's folder, and of the flow nothing is written at all.
 *
 * @throws BUNDLE_SETTINGS_MISSING, what bundle says of the folder, and the coded errors of this room
 */
export async function startBundle(options: BundleRunOptions): Promise<RunningBundle> {
  const { directory, userDir, log, progress = () => undefined } = options;
  const clock = systemClock;
  const bundle = await readBundle(directory);
  const { manifest } = bundle;
  progress(`the bundle ${manifest.name}`);
  await prepareUserDirectory(userDir);
  const { environment, credentials } = await deviceSettings(manifest.settings, {
    ...{ userDir, environment: process.env, log },
    ...(options.settingsFile !== undefined && { file: options.settingsFile }),
  });
  // Where Node-RED looks for ${NAME}; what is a credential only is left to the node that it belongs to.
  Object.assign(process.env, environment);
  for (const { name } of manifest.settings) if (!(name in environment)) delete process.env[name];
  const [flow, { layer, pins }] = await Promise.all([flowOfBundle(bundle), modelsOf(bundle)]);

  const off = offTypes(manifest.needs);
  const types = new Set(flow.map(({ type }) => type));
  const missing = new Set<string>();
  const served = await openBundleServer(options, flow);
  // Each thing that is opened says how it is closed; a stop goes from the last to the first.
  const steps: DrainStep[] = [{ what: 'closing connections', run: () => served.close() }];
  const opened = (what: string, run: () => unknown, share = 1) => void steps.unshift({ what, run, share });
  const close = (patience: number) => drain(steps, patience, clock, log);
  try {
    progress('Node-RED');
    const services = await createServices({
      directory: join(userDir, 'millrace'),
      models: layer === undefined ? [] : [layer],
      recordings: [join(directory, 'recordings')],
      pins,
      only: servicesFor(types),
      oneThread: true,
      // Where every reference is pinned nothing that happens in the registry can matter.
      follow: manifest.localAliases.length > 0,
    });
    opened('putting queues on disk', () => services.close());
    services.outbox.onWarning((warning) => log.report('warn', warning));
    const loaded = loadNodeRed();
    const { red, coreNodes, translate } = loaded;
    const problems = createNodeProblems(clock, services.views, log);
    const runs = flow.filter(({ type }) => !off.has(type));
    const { checkPassword, server, web, url } = served;
    // Of this process only: what it opens never leaves its memory.
    const secret = newId();
    // Its own packages, and none of the device.
    const packages = await linkPackages(bundle, join(userDir, 'millrace', 'packages')).catch((error: unknown) => {
      log.warn(`function nodes cannot load the bundle's packages: ${String(error)}`);
      return directory;
    });
    const settings = nodeRedSettings({
      ...{ userDir: packages, flowFile: 'flows.json', palette: findPalette(), services, log, translate },
      ...{ types, headless: true, password: undefined, checkPassword, credentialSecret: secret },
      excluded: await unusedCoreNodes(coreNodes, runs),
      functionModules: manifest.needs.allowed.includes(FUNCTION_MODULES),
    });
    red.init(server, { ...settings, storageModule: memoryStorage(flow, sealCredentials(credentials, secret)) });
    standInForMissingTypes(loaded, problems, { off, missing: (type) => missing.add(type) });
    watchFunctionTimers(red, problems);
    const errorCount = countErrors(loaded);
    const ignoreFaults = catchFaults({ getNode: (id) => red.nodes.getNode(id), problems, log });
    // Until all else is closed: what is closing may throw too.
    steps.push({ what: 'catching errors', run: ignoreFaults });
    const started = flowsStarted(red, clock, log);
    const injecting = createInjectGate(red);
    opened('stopping the flows', () => red.stop().finally(injecting.end));
    await red.start().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw errors.NODE_RED_FAILED({ reason }, { cause: error });
    });
    web?.mount(red, true);
    progress('the flow');
    await started;
    opened('messages in flight', finishMessages, 0.5);
    opened('sending what nodes hold back', flushNodes);
    opened('stopping the sources', () => {
      web?.refuse();
      injecting.stop();
      services.pause();
    });

    const vitals = openVitals({
      ...{ clock, services, missing },
      errors: () => errorCount() + uncaught.value({ node: 'none' }),
      vectors: checkModels(manifest, services, log),
      predictions: () => predictions.total(),
    });
    steps.push({ what: 'watching the event loop', run: () => vitals.close() });
    const settling = clock.after(SETTLED, () => {
      // A gateway that loses its power has its next start quick, too. What the flow starts keeps its own elsewhere.
      flushCompileCache();
      delete process.env['NODE_COMPILE_CACHE'];
      services.compact();
    });
    steps.push({ what: 'compacting memory', run: () => settling.cancel() });
    const { memoryCeiling: ceiling, onMemory: reached = () => undefined } = options;
    if (ceiling !== undefined) {
      const see = memoryWatch({ ceiling, log, reached });
      const looking = clock.every(LOOK, () => see(process.memoryUsage.rss()));
      steps.push({ what: 'watching memory', run: () => looking.cancel() });
    }
    let stopping: Promise<boolean> | undefined;
    return {
      manifest,
      url,
      vitals: () => vitals.read(),
      boards: () => services.boards.profiles(),
      stop: (patience = drainLimit.value) => (stopping ??= close(patience)),
    };
  } catch (error) {
    await close(drainLimit.value);
    throw error;
  }
}
