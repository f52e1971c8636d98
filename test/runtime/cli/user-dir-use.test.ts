import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { holdForRun, holdForStudio, refuseStudio } from '../../../runtime/cli/user-dir-use.ts';
import { gatewayPaths } from '../../../runtime/rollout/index.ts';
import { holdFile } from '../../../runtime/storage/index.ts';

async function scratch(): Promise<string> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-use-'));
  onTestFinished(() => rm(userDir, { recursive: true }));
  return userDir;
}
const taken = (by: string) => ({
  code: 'USER_DIR_TAKEN',
  message: expect.stringMatching(new RegExp(`${by}$`)) as string,
});

it('keeps a studio, a gateway and a run apart that were given one user directory', async () => {
  const userDir = await scratch();
  await refuseStudio(userDir);
  expect(await readdir(userDir)).toEqual([]);
  const studio = await holdForStudio(userDir);
  await expect(holdForStudio(userDir)).rejects.toMatchObject(taken('a studio'));
  await expect(refuseStudio(userDir)).rejects.toMatchObject(taken('a studio'));
  await expect(holdForRun(userDir)).rejects.toMatchObject(taken('a studio'));
  studio?.release();

  const run = await holdForRun(userDir);
  await expect(holdForStudio(userDir)).rejects.toMatchObject(taken('millrace run'));
  await expect(holdForRun(userDir)).rejects.toMatchObject(taken('another run'));
  run?.release();

  const gateway = await holdFile(gatewayPaths(userDir).lock);
  await expect(holdForStudio(userDir)).rejects.toMatchObject(taken('a gateway'));
  gateway.release();
  (await holdForStudio(userDir))?.release();
});
