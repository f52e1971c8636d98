import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { FlowFailure } from '../../../../runtime/rollout/deploy/types.ts';
import { createCompiledCode } from '../../../../runtime/rollout/supervisor/compiled-code.ts';

it('keeps what this version of Node.js has compiled, and nothing of others; after a crash at its start, nothing', async () => {
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
  await mkdir(join(directory, `${process.version}-x64-0123abcd-0`));
  await utimes(join(directory, `${process.version}-x64-0123abcd-0`), 1, 1);
  await compiled.tidy();
  expect(await readdir(directory)).toEqual([own]);

  const failed = (kind: FlowFailure['kind'], code: string): FlowFailure => ({
    ...{ kind, text: '', problem: { code, message: '', hint: '', title: '' } },
  });
  // Asked to, or told why.
  for (const failure of [undefined, failed('crashed', 'BUNDLE_SETTINGS_MISSING')]) {
    compiled.notStarted(failure);
    await compiled.tidy();
    expect(await readdir(directory)).toEqual([own]);
  }
  compiled.notStarted(failed('crashed', 'FLOW_CRASHED'));
  await compiled.tidy();
  expect(await readdir(root)).toEqual(['module.cjs']);
});

it('begins anew where too much has gathered', async () => {
  const root = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const own = join(root, 'compiled', `${process.version}-x64-0123abcd-0`);
  await mkdir(own, { recursive: true });
  for (let i = 0; i <= 6_000; i++) writeFileSync(join(own, String(i)), '');
  await createCompiledCode(join(root, 'compiled')).tidy();
  expect(await readdir(join(root, 'compiled'))).toEqual([]);
});
