// npm start: builds what is out of date, then runs `millrace start` in this process, on a user directory in the checkout.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build/index.ts';
import { BuildError, toStderr } from './build/report.ts';
import { root, studioPackage } from './build/paths.ts';

process.env['MILLRACE_USER_DIR'] ??= resolve(root, '.millrace');

if (await builds()) {
  const { run } = (await import(pathToFileURL(resolve(studioPackage, 'runtime/cli/index.js')).href)) as {
    run(argv: readonly string[]): Promise<number>;
  };
  process.exitCode = await run(['start', ...process.argv.slice(2)]);
} else {
  process.exitCode = 1;
}

async function builds(): Promise<boolean> {
  try {
    await buildIfStale(toStderr);
    return true;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    toStderr(`The build failed:\n${error.message}`);
    return false;
  }
}
