/** Types are checked and TypeScript becomes JavaScript, in the layout of the sources. */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BuildError } from './report.ts';
import { compiled, root } from './paths.ts';

const run = promisify(execFile);

/** @throws {BuildError} with tsc's own lines, which begin with the path */
export async function compile(): Promise<void> {
  await rm(compiled, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  try {
    await run(process.execPath, [tsc, '--project', join(root, 'scripts/tsconfig.build.json'), '--pretty', 'false'], {
      cwd: root,
    });
  } catch (error) {
    throw new BuildError((error as { stdout?: string }).stdout?.trim() || String(error));
  }
}
