import { type MillraceError, systemClock, toPlainError } from '../base/index.ts';
import { EXIT_MEMORY } from '../messages/index.ts';
import { createLog, prepareUserDirectory, type RunningBundle, startBundle } from '../server/index.ts';
import { memoryCeiling } from '../workers/index.ts';
import { megabytes } from './megabytes.ts';
import { parsePort } from './options.ts';
import { refuseRoot } from './refuse-root.ts';
import type { RunOptions } from './run-program.ts';
import { waitForSignal } from './signals.ts';
import { type SupervisorChannel, supervisorChannel } from './supervised.ts';
import type { Terminal } from './terminal.ts';
import { unpackedBundle } from './unpacked-bundle.ts';
import { holdForRun } from './user-dir-use.ts';

/** `millrace run`: ends the process when the run has stopped. */
export async function runBundle(path: string, options: RunOptions, terminal: Terminal): Promise<void> {
  // Nodes write files with the modes that the system gives new ones.
  process.umask(0o077);
  const supervised = options.supervised !== undefined;
  const supervisor = supervised ? supervisorChannel(systemClock) : undefined;
  try {
    refuseRoot(options.allowRoot === true);
    await prepareUserDirectory(options.userDir);
    const held = await holdForRun(options.userDir);
    try {
      process.exitCode = await run(path, options, terminal, supervisor);
    } finally {
      held?.release();
    }
  } catch (error) {
    await supervisor?.ending(toPlainError(error));
    throw error;
  } finally {
    supervisor?.close();
  }
  // What a node left running (a timer, a socket) would hold the process.
  process.exit();
}

/** @returns the exit code */
async function run(
  path: string,
  options: RunOptions,
  terminal: Terminal,
  supervisor: SupervisorChannel | undefined,
): Promise<number> {
  const { userDir, settings, port, host, json } = options;
  const interrupted = waitForSignal(systemClock);
  const log = createLog({ clock: systemClock, write: terminal.progress, colour: terminal.colour });
  const ceiling = options.maxMemory === undefined ? memoryCeiling() : megabytes(options.maxMemory);
  let reached: (error: MillraceError) => void = () => undefined;
  const outOfMemory = new Promise<MillraceError>((resolve) => (reached = resolve));
  const listening = port === undefined ? {} : { port: parsePort(port) };

  supervisor?.starting('the bundle');
  const directory = await unpackedBundle(path, options);
  const running = await startBundle({
    ...{ directory, userDir, host, log, memoryCeiling: ceiling, onMemory: reached },
    ...listening,
    ...(settings !== undefined && { settingsFile: settings }),
    ...(supervisor && { progress: (what) => supervisor.starting(what) }),
  });
  supervisor?.ready(running);
  terminal.result(json ? JSON.stringify(summaryOf(running, directory)) : lines(running));

  const why = await Promise.race([interrupted, outOfMemory, ...(supervisor ? [supervisor.gone] : [])]);
  if (why instanceof Error) await supervisor?.ending(why);
  else terminal.progress('Stopping; messages in flight are finished first.');
  const drained = await running.stop();
  terminal.progress(drained ? 'Stopped.' : 'Stopped before everything had ended.');
  return why instanceof Error ? EXIT_MEMORY : 0;
}

const summaryOf = ({ manifest, url }: RunningBundle, directory: string) => ({
  ...{ name: manifest.name, directory },
  ...(url !== undefined && { url }),
});

function lines({ manifest, url }: RunningBundle): string {
  const tabs = manifest.tabs.map(({ label }) => label).join(', ');
  return [`The bundle ${manifest.name} runs: ${tabs}.`, ...(url === undefined ? [] : [`It serves ${url}`])].join('\n');
}
