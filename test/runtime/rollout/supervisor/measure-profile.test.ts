/** Another program stands in for `millrace doctor`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMeasureProfile } from '../../../../runtime/rollout/supervisor/measure-profile.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-profile-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function measuredBy(code: string) {
  const script = join(directory, 'millrace.mjs');
  await writeFile(script, `import { appendFileSync } from 'node:fs';\n${code}`);
  return createMeasureProfile([process.execPath, script], directory, 400e6);
}

it('measures once for all who ask meanwhile, and anew for who asks later', async () => {
  const starts = join(directory, 'starts');
  const measure = await measuredBy(
    `appendFileSync(${JSON.stringify(starts)}, '.');\nconsole.log(JSON.stringify({ asked: process.argv.slice(2) }));`,
  );
  const profiles = await Promise.all([measure(), measure(), measure()]);
  expect(profiles).toEqual(
    Array(3).fill({
      asked: ['doctor', '--profile', '--json', '--user-dir', directory, '--max-memory', '400'],
    }),
  );
  expect(await readFile(starts, 'utf8')).toBe('.');
  await measure();
  expect(await readFile(starts, 'utf8')).toBe('..');
});

it('says why there is none, and tries again', async () => {
  const measure = await measuredBy(`console.error('no such disk');\nprocess.exit(3);`);
  for (const _ of [1, 2]) {
    await expect(measure()).rejects.toMatchObject({
      code: 'PROFILE_FAILED',
      message: expect.stringContaining('exit code 3: no such disk') as string,
    });
  }
  const none = createMeasureProfile([join(directory, 'nothing')], directory);
  await expect(none()).rejects.toMatchObject({ code: 'PROFILE_FAILED' });
});
