/** The two published packages, as a person gets them, on the oldest Node.js that they promise to work with. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doctorAnswer } from '../../runtime/messages/index.ts';
import { watchLive } from '../support/live.ts';
import { until } from '../support/node-red.ts';
import { packed } from '../support/plain-node-red.ts';
import { freePort, pumpFlow, startStudio } from '../support/studio.ts';

const run = promisify(execFile);
const FLOOR = '22.15.0';

describe('the published packages', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'millrace-published-'));
    await writeFile(join(directory, 'package.json'), '{ "name": "somebody", "private": true }');
    const tarballs = [await packed('millrace'), await packed('millrace-studio')];
    const node = `node-${process.platform}-${process.arch}@${FLOOR}`;
    await run('npm', ['install', ...tarballs, node, '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: directory,
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
    });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it(`run the pump on Node.js ${FLOOR}, natively, and stop cleanly`, async () => {
    const modules = join(directory, 'node_modules');
    const studio = await startStudio({
      node: join(modules, `node-${process.platform}-${process.arch}/bin/node`),
      command: join(modules, 'millrace-studio/runtime/cli/main.js'),
      flow: await pumpFlow(await freePort()),
      env: { MILLRACE_TIER: 'native' },
    });
    const live = watchLive(studio.url);
    await until(
      () => live.views.find((view) => view.kind === 'prediction' && view.classification?.label === 'healthy'),
      'a prediction',
    );
    await until(() => live.views.find((view) => view.kind === 'outbox' && view.sent > 0), 'an upload');
    await until(() => live.views.find((view) => view.kind === 'drift'), 'drift to watch');
    live.close();
    expect(await studio.stop()).toBe(0);
    expect(studio.output()).not.toMatch(/Warning|TypeError|ReferenceError/);
  });

  it('pack the pump, and find all its nodes here', async () => {
    const modules = join(directory, 'node_modules');
    const millrace = async (...args: readonly string[]) =>
      (
        await run(process.execPath, [join(modules, 'millrace-studio/runtime/cli/main.js'), ...args], {
          cwd: directory,
        }).catch((error: { stdout: string }) => error)
      ).stdout;
    await millrace('bundle', 'pack', 'pump', '-o', 'pump.mrb', '--user-dir', 'user');
    const { fit, profile } = doctorAnswer.parse(
      JSON.parse(await millrace('doctor', 'pump.mrb', '--json', '--user-dir', 'user')),
    );
    expect(profile.nodeTypes).toEqual(expect.arrayContaining(['infer', 'sensor', 'upload', 'inject']));
    expect(fit?.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
