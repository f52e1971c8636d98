import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const services = join(resolve(import.meta.dirname, '../../../runtime'), 'services/index.ts');

/** How many of Node's own modules are SQLite's in a process that imports this. */
async function sqliteModules(specifier: string): Promise<number> {
  const code = `await import(${JSON.stringify(specifier)});
    console.log(process.moduleLoadList.filter((name) => /\\bsqlite$/.test(name)).length);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  return Number(stdout);
}

// Node.js 22 warns on the console in each thread that loads it, and a gateway's log is for what is wrong.
it('SQLite is not loaded by a process that starts', async () => {
  expect(await sqliteModules(services)).toBe(0);
  expect(await sqliteModules('node:sqlite')).toBeGreaterThan(0);
});
