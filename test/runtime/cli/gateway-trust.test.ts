import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRoot } from '../../../runtime/keys/index.ts';
import { pinnedRoot } from '../../../runtime/rollout/index.ts';
import { newKey, rootOf } from '../../support/bundles.ts';
import { millraceHere } from '../../support/command.ts';

it('says which root is trusted: the first, the same again, and never another one of the same version', async () => {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-trust-'));
  onTestFinished(() => rm(userDir, { recursive: true, force: true }));
  const [ours, theirs] = [newKey(), newKey()];
  const trust = async (key: typeof ours) => {
    const { version, expires, roles } = rootOf([key]);
    const file = join(userDir, `${key.id.slice(0, 8)}.json`);
    await writeFile(file, JSON.stringify(makeRoot({ version, expires, roles }, [key])));
    return await millraceHere(['gateway', 'trust', file, '--user-dir', userDir]);
  };
  expect(await trust(ours)).toMatchObject({ code: 0, stdout: expect.stringContaining('from now on') as string });
  expect(await trust(ours)).toMatchObject({ code: 0, stdout: expect.stringContaining('already') as string });
  expect(await trust(theirs)).toMatchObject({ code: 1, stderr: expect.stringContaining('ROOT_IS_ANOTHER') as string });
  expect((await pinnedRoot(userDir)).roles.release.keys).toMatchObject([{ id: ours.id }]);
});
