/** The process without the palette: Express and Node-RED on one port. `startServer` adds Millrace's nodes and services. */
import type { Clock } from '../base/index.ts';
import type { Gateways } from '../gateways/index.ts';
import { type AdminRoutes, closeLive, flushNodes } from '../node-red/index.ts';
import type { Services } from '../services/index.ts';
import { trackConnections } from './connections.ts';
import { unusedCoreNodes } from './core-nodes.ts';
import { drain, drainLimit, type DrainStep } from './drain.ts';
import { errors } from './errors.ts';
import { catchFaults } from './faults.ts';
import { finishMessages } from './finish-messages.ts';
import { flowsStarted } from './flows-started.ts';
import { watchFunctionTimers } from './function-timers.ts';
import { serveGateways } from './gateways/serve-gateways.ts';
import { tellOfGateways } from './gateways/tell.ts';
import { createGuardedServer } from './guarded-server.ts';
import { listen } from './listen.ts';
import { standInForMissingTypes } from './missing-types.ts';
import { createNodeProblems } from './node-problems.ts';
import { loadNodeRed } from './node-red.ts';
import type { RunningServer, ServerOptions, Summary } from './options.ts';
import { createPasswordCheck } from './password.ts';
import { prepare } from './prepare.ts';
import { nodeRedSettings } from './settings.ts';
import { addressOf, flowOf, ownVersion, usesOf } from './summary.ts';
import { createInjectGate } from './inject-gate.ts';
import { createWebApp } from './web-app.ts';

/** What is added to a bare Node-RED. */
export interface HostParts {
  readonly clock: Clock;
  /** The folder of the palette package. */
  readonly palette?: string;
  /** Made once the port is ours and the user directory is in order. */
  readonly services?: () => Promise<Services>;
  /** The line to gateways; none headless, where nobody could deploy to them. */
  readonly gateways?: (parts: GatewayParts) => Promise<Gateways>;
}

export interface GatewayParts {
  readonly host: string;
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
}

/**
 * Starts the process. What can be wrong from outside is checked first, and what a failed start has opened is closed again.
 *
 * @throws the coded errors of this room, each with what to do
 */
export async function startHost(options: ServerOptions, parts: HostParts): Promise<RunningServer> {
  const { userDir, port: wantedPort = 1880, host = '127.0.0.1', headless = false, log } = options;
  const { clock, palette } = parts;
  const prepared = await prepare(options, host, clock);
  const { password, tls, choice, flow, credentialSecret } = prepared;

  const checkPassword = password && createPasswordCheck(password);
  const web = createWebApp({ metricsToken: prepared.metricsToken, checkPassword });
  const server = createGuardedServer({ tls, loopbackOnly: !password });
  server.on('request', web.app);
  const connections = trackConnections(server);
  const port = await listen(server, wantedPort, host);

  // Each thing that is opened says how it is closed; a stop goes from the last to the first.
  const steps: DrainStep[] = [{ what: 'closing connections', run: () => connections.end() }];
  const opened = (what: string, run: () => unknown, share = 1) => void steps.unshift({ what, run, share });
  const close = (patience: number) => drain(steps, patience, clock, log);
  try {
    const services = await parts.services?.();
    if (services) {
      opened('putting queues on disk', () => services.close());
      // No node is left to tell of a backlog whose last upload node was deleted.
      services.outbox.onWarning((warning) => log.report('warn', warning));
    }
    const loaded = loadNodeRed();
    const { red, coreNodes, translate } = loaded;
    const problems = createNodeProblems(clock, services?.views, log);
    const gateways = headless ? undefined : await parts.gateways?.({ host, tls });
    if (gateways && services) {
      opened('closing the line to gateways', () => gateways.close());
      tellOfGateways(gateways, services);
    }
    const serve = (routes: AdminRoutes) => {
      if (gateways && services) serveGateways(routes, { gateways, services, red, flowFile: choice.file, userDir });
    };
    const excluded = headless ? await unusedCoreNodes(coreNodes, flow) : [];
    const files = { userDir, flowFile: choice.file, palette };
    const access = { credentialSecret, password, checkPassword, headless };
    red.init(server, nodeRedSettings({ ...files, ...access, services, serve, excluded, log, translate }));
    standInForMissingTypes(loaded, problems);
    watchFunctionTimers(red, problems);
    const ignoreFaults = catchFaults({ getNode: (id) => red.nodes.getNode(id), problems, log });
    // Until all else is closed: what is closing may throw too.
    steps.push({ what: 'catching errors', run: ignoreFaults });
    const started = flowsStarted(red, clock, log);
    opened('saying goodbye to browsers', closeLive);
    const injecting = createInjectGate(red);
    opened('stopping the flows', () => red.stop().finally(injecting.end));
    await red.start().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw errors.NODE_RED_FAILED({ reason }, { cause: error });
    });
    web.mount(red, headless);
    await started;
    opened('messages in flight', finishMessages, 0.5);
    opened('sending what nodes hold back', flushNodes);
    opened('stopping the sources', () => {
      web.refuse();
      injecting.stop();
      services?.pause();
    });

    const url = addressOf(host, port, tls !== undefined);
    const summary: Summary = {
      version: ownVersion(),
      url,
      headless,
      userDir,
      flow: { file: choice.file, fresh: choice.fresh, ...flowOf(flow) },
      uses: services ? usesOf(flow, services.standard) : [],
      metrics: { url: `${url}metrics`, tokenFile: prepared.tokenFile },
      protection: password ? 'password' : 'loopback only',
    };
    let stopping: Promise<boolean> | undefined;
    return { url, port, summary, stop: (patience = drainLimit.value) => (stopping ??= close(patience)) };
  } catch (error) {
    await close(drainLimit.value);
    throw error;
  }
}
