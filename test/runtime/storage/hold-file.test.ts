import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { holdFile } from '../../../runtime/storage/index.ts';
import { startProcess } from '../../../runtime/workers/index.ts';

async function lockFile(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-hold-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'sub', 'lock');
}

it('lets one hold a file at a time, until it lets go', async () => {
  const file = await lockFile();
  const held = await holdFile(file);
  await expect(holdFile(file)).rejects.toThrow(expect.objectContaining({ code: 'STORE_LOCKED' }) as Error);
  held.release();
  (await holdFile(file)).release();
});

it('is let go of by a process that is killed', async () => {
  const file = await lockFile();
  const storage = new URL('../../../runtime/storage/index.ts', import.meta.url).href;
  const code = `const { holdFile } = await import(${JSON.stringify(storage)});
    await holdFile(${JSON.stringify(file)}); process.send('held'); setInterval(() => {}, 1000);`;
  let said: () => void = () => undefined;
  const hasIt = new Promise<void>((resolve) => (said = resolve));
  const args = ['--input-type=module', '-e', code];
  const child = await startProcess({ name: 'holder', command: process.execPath, args, onMessage: () => said() });
  await hasIt;
  await expect(holdFile(file)).rejects.toThrow(expect.objectContaining({ code: 'STORE_LOCKED' }) as Error);
  await child.end(0);
  (await holdFile(file)).release();
});

it('takes a file that something else has written over', async () => {
  const file = await lockFile();
  (await holdFile(file)).release();
  await writeFile(file, 'no database, '.repeat(500));
  (await holdFile(file)).release();
});
