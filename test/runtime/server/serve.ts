/** A host without the palette, in a process of its own: what the tests of runtime/server start. */
import { systemClock } from '../../../runtime/base/index.ts';
import { createLog } from '../../../runtime/server/index.ts';
import type { ServerOptions } from '../../../runtime/server/index.ts';
import { startHost } from '../../../runtime/server/start-host.ts';

// As the command does.
process.umask(0o077);
const options = JSON.parse(process.argv[2] ?? '{}') as Omit<ServerOptions, 'log'>;
const log = createLog({ clock: systemClock, write: (line) => process.stderr.write(`${line}\n`) });
try {
  const server = await startHost({ ...options, log }, { clock: systemClock });
  process.stdout.write(`${JSON.stringify(server.summary)}\n`);
  process.on('SIGTERM', () => void server.stop().then((drained) => process.exit(drained ? 0 : 3)));
} catch (error) {
  log.report('error', error);
  process.exitCode = 1;
}
