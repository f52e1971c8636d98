/** Builds what is out of date, then runs the `millrace` command in this process. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, studioPackage } from './build/paths.ts';
import { isStale } from './build/stale.ts';

interface Command {
  keepHeapSmall(): void;
  run(argv: readonly string[]): Promise<number>;
}

/** @param argv without the interpreter and the script */
export async function runMillrace(argv: readonly string[]): Promise<void> {
  // The command's hints are to be run as they stand: a checkout has no `millrace` in its path.
  process.env['MILLRACE_COMMAND'] ??= 'npm run millrace --';
  process.env['MILLRACE_USER_DIR'] ??= resolve(root, '.millrace');
  if ((await isStale()) && !(await build())) {
    process.exitCode = 1;
    return;
  }
  const command = pathToFileURL(resolve(studioPackage, 'runtime/cli/index.js')).href;
  const { keepHeapSmall, run } = (await import(command)) as Command;
  keepHeapSmall();
  process.exitCode = await run(argv);
}

/** In a process of its own: what building needs in memory, running does not. */
function build(): Promise<boolean> {
  const child = spawn(process.execPath, [join(root, 'scripts/build.ts')], { stdio: 'inherit' });
  return new Promise((done) => child.on('exit', (code) => done(code === 0)));
}
