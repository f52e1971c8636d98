import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { asMillraceError, systemClock } from '../base/index.ts';
import { changeGatewaySettings, readGatewaySettings, startGateway } from '../rollout/index.ts';
import { workerUrl } from '../workers/index.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import type { GatewayStartOptions } from './gateway-program.ts';
import { goOnAfterFaults } from './go-on-after-faults.ts';
import { readVersion } from './manifest.ts';
import { megabytes } from './megabytes.ts';
import { parsePort } from './options.ts';
import { refuseRoot } from './refuse-root.ts';
import { waitForSignal } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { refuseStudio } from './user-dir-use.ts';

/** `millrace gateway start`: resolves when it has stopped. @throws ROOT_REFUSED, OPTION_INVALID, GATEWAY_RUNNING and what keeps it from starting */
export async function startGatewayCommand(options: GatewayStartOptions, terminal: Terminal): Promise<void> {
  refuseRoot(options.allowRoot === true);
  process.umask(0o077);
  const { userDir, name, group } = options;
  const probation = positive('--probation', options.probation, 'minutes: 5');
  const ceiling = options.maxMemory === undefined ? undefined : megabytes(options.maxMemory);
  const interrupted = waitForSignal(systemClock);
  await refuseStudio(userDir);
  for (const [option, value] of [['--name', name] as const, ['--group', group] as const]) {
    if (value?.trim() === '') throw errors.OPTION_INVALID({ option, value, expected: 'at least one character' });
  }
  if (name !== undefined || group !== undefined) {
    const called = { ...(name !== undefined && { name }), ...(group !== undefined && { group }) };
    // A full disk, or a damaged file, must not keep the flow from running.
    await changeGatewaySettings(userDir, called).catch((error: unknown) => {
      terminal.progress(`${asMillraceError(error).toString()}\nThe gateway starts with what it was called before.`);
    });
  }
  const running = await startGateway({
    ...{ userDir, command: millraceCommand(), version: readVersion(), runArgs: runArgs(options) },
    ...(probation !== undefined && { probation: probation * 60_000 }),
    ...(ceiling !== undefined && { ceiling }),
  });
  goOnAfterFaults((text) => running.say(text));
  const { gateway } = running;
  const { running: release } = gateway.status();
  if (options.json) terminal.result(JSON.stringify({ ...gateway.identity, userDir, release }));
  else {
    terminal.result(
      `Gateway "${gateway.identity.name}" (group ${gateway.identity.group}), Millrace ${gateway.identity.version}`,
    );
    terminal.result(`  runs     ${release ? `${release.name} ${release.version}` : 'nothing yet'}`);
    terminal.result(`  kept in  ${userDir}`);
    if (!release && (await readGatewaySettings(userDir).catch(() => undefined))?.studio === undefined)
      terminal.progress(
        `Pair it (${MILLRACE} gateway pair CODE), or give it a bundle (${MILLRACE} gateway deploy FILE).`,
      );
  }
  // What was said before anybody listened, and then what comes; a journal has times of its own.
  const stamped = !(await isJournal());
  const show = ({ time, source, text }: { time: number; source: string; text: string }) =>
    terminal.progress(`${stamped ? `${new Date(time).toISOString().slice(11, 19)} ` : ''}${source}: ${text}`);
  gateway.onLog(show);

  const signal = await interrupted;
  terminal.progress(
    `${signal === 'SIGINT' ? '\n' : ''}Stopping; the flow finishes its messages first. Ctrl-C again ends at once.`,
  );
  await running.stop();
  terminal.progress('Stopped.');
  process.exit(0);
}

/** How this very command is started again, whatever started it. */
export const millraceCommand = (): [string, ...string[]] => [
  process.execPath,
  ...process.execArgv,
  fileURLToPath(workerUrl(import.meta.url, 'main')),
];

/** @throws OPTION_INVALID */
function runArgs({ port, host, allowRoot }: GatewayStartOptions): string[] {
  if (port !== undefined) parsePort(port);
  return [
    ...(port === undefined ? [] : ['--port', port]),
    ...(host === undefined ? [] : ['--host', host]),
    ...(allowRoot ? ['--allow-root'] : []),
  ];
}

/** @throws OPTION_INVALID */
function positive(option: string, value: string | undefined, expected: string): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (number > 0) return number;
  throw errors.OPTION_INVALID({ option, value, expected: `a number of ${expected}` });
}

/** systemd says which stream its journal reads. */
async function isJournal(): Promise<boolean> {
  const [device, inode] = (process.env['JOURNAL_STREAM'] ?? '').split(':');
  if (device === undefined || inode === undefined) return false;
  const own = await stat('/proc/self/fd/2').catch(() => undefined);
  return own !== undefined && String(own.dev) === device && String(own.ino) === inode;
}
