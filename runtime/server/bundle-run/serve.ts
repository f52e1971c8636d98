/** The HTTP side of a bundle: nothing listens unless the flow serves something, or somebody asked for a port. */
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { readOrMakeSecret } from '../../keys/index.ts';
import { trackConnections } from '../connections.ts';
import { errors } from '../errors.ts';
import type { FlowNode } from '../flow-file.ts';
import { createGuardedServer } from '../guarded-server.ts';
import { listen } from '../listen.ts';
import { isLoopback } from '../origin.ts';
import { createPasswordCheck, readPassword } from '../password.ts';
import { addressOf } from '../summary.ts';
import { createWebApp, type WebApp } from '../web-app.ts';
import type { BundleRunOptions } from './options.ts';

const STANDARD_PORT = 1880;

/** Nodes by which a flow serves HTTP or websockets on the process' own port. */
const SERVING = new Set(['http in', 'websocket-listener']);

export interface BundleServer {
  /** What Node-RED is given; it may never listen. */
  readonly server: Server;
  readonly web: WebApp | undefined;
  readonly url: string | undefined;
  readonly checkPassword: ((authorization: string | undefined) => Promise<boolean>) | undefined;
  close(): Promise<void>;
}

/** @throws PASSWORD_REQUIRED, PASSWORD_FILE_DAMAGED, PORT_IN_USE, ADDRESS_UNUSABLE */
export async function openBundleServer(
  { userDir, port, host = '127.0.0.1' }: Pick<BundleRunOptions, 'userDir' | 'port' | 'host'>,
  flow: readonly FlowNode[],
): Promise<BundleServer> {
  if (port === undefined && !flow.some(({ type, d }) => SERVING.has(type) && d !== true)) {
    const nothing = { web: undefined, url: undefined, checkPassword: undefined };
    // Nodes of others may want to hang something on it.
    return { ...nothing, server: createServer(), close: () => Promise.resolve() };
  }
  const password = await readPassword(userDir);
  if (!password && !isLoopback(host)) throw errors.PASSWORD_REQUIRED({ host, userDir });
  const checkPassword = password && createPasswordCheck(password);
  const metricsToken = await readOrMakeSecret(join(userDir, 'keys', 'metrics-token'));
  const web = createWebApp({ metricsToken, checkPassword });
  const server = createGuardedServer({ tls: undefined, loopbackOnly: !password });
  server.on('request', web.app);
  const connections = trackConnections(server);
  const url = addressOf(host, await listen(server, port ?? STANDARD_PORT, host), false);
  return { server, web, url, checkPassword, close: () => connections.end() };
}
