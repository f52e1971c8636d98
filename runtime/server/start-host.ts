/** The process without the palette: Express and Node-RED on one port. `startServer` adds Millrace's nodes and services. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../base/index.ts';
import { readOrMakeSecret } from '../keys/index.ts';
import { closeLive, idle, inFlight } from '../node-red/index.ts';
import type { Services } from '../services/index.ts';
import { unusedCoreNodes } from './core-nodes.ts';
import { drain, drainLimit } from './drain.ts';
import { errors } from './errors.ts';
import { catchFaults } from './faults.ts';
import { chooseFlow, readFlow } from './flow-file.ts';
import { flowsStarted } from './flows-started.ts';
import { createGuardedServer } from './guarded-server.ts';
import { listen } from './listen.ts';
import { standInForMissingTypes } from './missing-types.ts';
import { createNodeProblems, logProblems } from './node-problems.ts';
import { loadNodeRed } from './node-red.ts';
import type { RunningServer, ServerOptions, Summary } from './options.ts';
import { watchFunctionTimers } from './function-timers.ts';
import { isLoopback } from './origin.ts';
import { createPasswordCheck, readPassword } from './password.ts';
import { nodeRedSettings } from './settings.ts';
import { addressOf, flowOf, ownVersion, usesOf } from './summary.ts';
import { readTls } from './tls.ts';
import { mendCredentials, mendStateFiles, prepareUserDirectory } from './user-directory.ts';
import { createWebApp } from './web-app.ts';

/** What is added to a bare Node-RED. */
export interface HostParts {
  readonly clock: Clock;
  /** The folder of the palette package. */
  readonly palette?: string;
  /** Made once the port is ours and the user directory is in order. */
  readonly services?: () => Promise<Services>;
}

/** The folder that holds the flows that come with Millrace, as `NAME/flow.json`. */
const SHIPPED_FLOWS = fileURLToPath(new URL('../../flows', import.meta.url));

/**
 * Starts the process. What can be wrong from outside is checked first, so that a start that fails has touched nothing.
 *
 * @throws the coded errors of this room, each with what to do
 */
export async function startHost(options: ServerOptions, parts: HostParts): Promise<RunningServer> {
  const { userDir, port: wantedPort = 1880, host = '127.0.0.1', headless = false, log } = options;
  const { clock } = parts;
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const onExposed = (file: string, mode: number) =>
    log.warn(`${file} could be read by others (mode ${mode.toString(8)}); it is closed to them now`);

  await prepareUserDirectory(userDir);
  const password = await readPassword(userDir, { onExposed });
  if (!password && !isLoopback(host)) throw errors.PASSWORD_REQUIRED({ host, userDir });
  const tls = options.tls && (await readTls(options.tls));
  const choice = await chooseFlow(userDir, options.flow, SHIPPED_FLOWS);
  await mendStateFiles(userDir, stamp, log);
  const flow = await readFlow(choice, stamp, log);
  await mendCredentials(choice.file, stamp, log);
  const tokenFile = join(userDir, 'keys', 'metrics-token');
  const metricsToken = await readOrMakeSecret(tokenFile, { onExposed });
  const credentialSecret = await readOrMakeSecret(join(userDir, 'keys', 'credential-secret'), { onExposed });

  const checkPassword = password && createPasswordCheck(password);
  const web = createWebApp({ metricsToken, checkPassword });
  const server = createGuardedServer({ tls, loopbackOnly: !password });
  server.on('request', web.app);
  const connections = trackConnections(server);
  const port = await listen(server, wantedPort, host);

  const cleanUp: (() => unknown)[] = [() => connections.end()];
  try {
    const services = await parts.services?.();
    if (services) cleanUp.push(() => services.close(), logProblems(services.views, log));
    const loaded = loadNodeRed();
    const { red, coreNodes, translate } = loaded;
    const problems = createNodeProblems(clock, services?.views, log);
    const excluded = headless ? await unusedCoreNodes(coreNodes, flow) : [];
    const settings = {
      userDir,
      flowFile: choice.file,
      palette: parts.palette,
      services,
      credentialSecret,
      log,
      translate,
    };
    red.init(server, nodeRedSettings({ ...settings, password, checkPassword, headless, excluded }));
    standInForMissingTypes(loaded, problems, log);
    watchFunctionTimers(red, problems);
    cleanUp.push(catchFaults({ getNode: (id) => red.nodes.getNode(id), problems, log }));
    const started = flowsStarted(red, clock, log);
    await red.start();
    web.mount(red, headless);
    await started;

    const url = addressOf(host, port, tls !== undefined);
    const summary: Summary = {
      version: ownVersion(),
      url,
      headless,
      userDir,
      flow: { file: choice.file, fresh: choice.fresh, ...flowOf(flow) },
      uses: usesOf(flow),
      metrics: { url: `${url}metrics`, tokenFile },
      protection: password ? 'password' : 'loopback only',
    };
    const steps = [
      { what: 'stopping the sources', run: () => services?.pause() },
      { what: 'messages are in flight', run: finishMessages },
      { what: 'stopping the flows', run: () => red.stop() },
      { what: 'putting queues on disk', run: () => services?.close() },
      { what: 'saying goodbye to browsers', run: closeLive },
      { what: 'closing connections', run: () => connections.end() },
    ];
    let stopping: Promise<boolean> | undefined;
    return {
      url,
      port,
      summary,
      stop: (patience = drainLimit.default) => (stopping ??= drain(steps, patience, clock, log)),
    };
  } catch (error) {
    for (const undo of cleanUp.reverse()) await undo();
    throw error;
  }
}

/** Between two of our nodes a message may be on its way through core nodes: a few turns of the event loop tell. */
async function finishMessages(): Promise<void> {
  const TURNS = 10;
  for (let quiet = 0; quiet < TURNS; quiet++) {
    if (inFlight() > 0) quiet = 0;
    await idle();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Websockets and kept-alive connections would hold the server open. */
function trackConnections(server: Server) {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    end: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
