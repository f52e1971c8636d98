import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errors } from './errors.ts';

/** The file of the `millrace` command inside its package. */
const COMMAND = 'runtime/cli/main.js';

/**
 * The `millrace` command: that of the Millrace that runs this process, else of the package millrace-studio where the user
 * directory or this module finds it.
 *
 * @param running the script of this process
 * @throws SUITE_RUNNER_MISSING
 */
export function findRunner(userDir: string, running = process.argv[1] ?? ''): string {
  const beside = running.replaceAll('\\', '/').endsWith(COMMAND) ? [running] : [];
  const installed = [join(userDir, 'package.json'), import.meta.url].flatMap((from) => studioFrom(from));
  // In a checkout the two packages lie side by side.
  const here = fileURLToPath(new URL(`../../../millrace-studio/${COMMAND}`, import.meta.url));
  const found = [...beside, ...installed, here].find((file) => existsSync(file));
  if (found === undefined) throw errors.SUITE_RUNNER_MISSING({ userDir });
  return found;
}

function studioFrom(place: string): string[] {
  try {
    return [join(dirname(createRequire(place).resolve('millrace-studio/package.json')), COMMAND)];
  } catch {
    return [];
  }
}
