import { systemClock } from '../base/index.ts';
import { createLog, startServer, type ServerOptions } from '../server/index.ts';
import { parsePort } from './options.ts';
import type { StartOptions } from './program.ts';
import { summaryLines } from './summary-lines.ts';
import type { Terminal } from './terminal.ts';
import { waitForSignal } from './signals.ts';
import { tlsOption } from './tls-option.ts';
import { holdForStudio } from './user-dir-use.ts';

/** `millrace start`: resolves when the server has stopped. */
export async function start(options: StartOptions, terminal: Terminal): Promise<void> {
  // Node-RED writes sign-in tokens and passwords with the modes that the system gives new files.
  process.umask(0o077);
  const { host, userDir, flow, headless = false } = options;
  const port = parsePort(options.port);
  const gatewayPort = parsePort(options.gatewayPort, '--gateway-port');
  const tls = tlsOption(options);
  const log = createLog({ clock: systemClock, write: terminal.progress, colour: terminal.colour });
  const interrupted = waitForSignal(systemClock);
  const serverOptions: ServerOptions = {
    port,
    gatewayPort,
    host,
    userDir,
    headless,
    log,
    ...(flow !== undefined && { flow }),
    ...(tls && { tls }),
  };
  const held = await holdForStudio(userDir);
  const server = await startServer(serverOptions);
  terminal.result(options.json ? JSON.stringify(server.summary) : summaryLines(server.summary).join('\n'));

  const signal = await interrupted;
  terminal.progress(
    `${signal === 'SIGINT' ? '\n' : ''}Stopping; messages in flight are finished first. Ctrl-C again ends at once.`,
  );
  const drained = await server.stop();
  held?.release();
  terminal.progress(drained ? 'Stopped.' : 'Stopped before everything had ended.');
  // What a node left running (a timer, a socket) would hold the process.
  process.exit(0);
}
