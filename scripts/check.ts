// npm run check: types, the linter's rules and the format; with --build also what npm run build does. The linter takes as
// long as all the others, and two processors are common: it runs beside them, and they one after the other.
import { spawn } from 'node:child_process';
import { root } from './build/paths.ts';

const STEPS = {
  types: ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false'],
  rules: ['node_modules/eslint/bin/eslint.js', '--config', 'scripts/eslint.config.js', '.'],
  format: [
    ...['node_modules/prettier/bin/prettier.cjs', '--config', 'scripts/prettier.json'],
    ...['--check', '--log-level', 'warn', '.'],
  ],
  build: ['scripts/build.ts'],
};
type Step = keyof typeof STEPS;

const failed: Step[] = [];

/** Runs one of them; what it says comes out in one piece, when it has ended. */
async function run(step: Step): Promise<void> {
  const child = spawn(process.execPath, STEPS[step], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) failed.push(step);
  process.stderr.write(said);
}

async function others(): Promise<void> {
  await run('types');
  await run('format');
  if (process.argv.includes('--build') && failed.length === 0) await run('build');
}

await Promise.all([run('rules'), others()]);
if (failed.length > 0) {
  process.stderr.write(`Failed: ${failed.join(', ')}.\n`);
  process.exitCode = 1;
}
