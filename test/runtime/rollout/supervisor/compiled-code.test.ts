import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createCompiledCode } from '../../../../runtime/rollout/supervisor/compiled-code.ts';

it('keeps what this version of Node.js has compiled, and nothing of others; after a start that failed, nothing', async () => {
  const root = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const directory = join(root, 'compiled');
  const compiled = createCompiledCode(directory);
  await compiled.tidy();
  await writeFile(join(root, 'module.cjs'), 'module.exports = 1;');
  execFileSync(process.execPath, [join(root, 'module.cjs')], {
    env: { ...process.env, NODE_COMPILE_CACHE: directory },
  });
  const [own = '', ...further] = await readdir(directory);
  expect(further).toEqual([]);
  expect(await readdir(join(directory, own))).toHaveLength(1);

  await mkdir(join(directory, 'v18.0.0-x64-0123abcd-0'));
  await compiled.tidy();
  expect(await readdir(directory)).toEqual([own]);
  await compiled.forget();
  expect(await readdir(root)).toEqual(['module.cjs']);
});
