import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { openRegistry } from '../../../../runtime/models/registry/index.ts';

const ROUNDS = 8;

const busy = async (directory: string, mark: string): Promise<string[]> => {
  const script = join(import.meta.dirname, 'busy-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, directory, mark, String(ROUNDS)]);
  return JSON.parse(stdout) as string[];
};

it('is used by two processes at once, which import and move aliases, and by a third that watches', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  const watching = openRegistry({ layers: [], directory });
  onTestFinished(async () => {
    await watching.close();
    await rm(directory, { recursive: true, force: true });
  });
  const seen = new Set<string>();
  let told = () => {};
  const last = new Promise<void>((done) => (told = done));
  const unlisten = watching.onChange(() => {
    void watching.resolve('fan@production').then(
      ({ manifest }) => {
        seen.add(manifest.version);
        if (manifest.version === `1.0.${ROUNDS - 1}`) told();
      },
      () => undefined,
    );
  });
  const [first, second] = await Promise.all([busy(directory, 'first'), busy(directory, 'second')]);

  // Of each version that both wanted one has it, and the other was told.
  expect([...first, ...second]).toEqual(new Array(ROUNDS / 2).fill('VERSION_TAKEN'));
  const entries = await watching.list();
  expect(entries.filter(({ error }) => error)).toEqual([]);
  expect(entries).toHaveLength(ROUNDS);
  expect(await readdir(join(directory, 'versions'))).toHaveLength(ROUNDS);
  expect((await watching.resolve('fan@production')).manifest.version).toBe(`1.0.${ROUNDS - 1}`);

  // Heard of without having asked for anything.
  await last;
  unlisten();
  expect(seen.size).toBeGreaterThan(0);
});
