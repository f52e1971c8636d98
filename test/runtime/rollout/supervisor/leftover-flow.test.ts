/** A note about a process that may be another one by now, or another user's. */
import type * as fs from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { endLeftoverFlow } from '../../../../runtime/rollout/supervisor/leftover-flow.ts';
import { identityOf } from '../../../../runtime/rollout/supervisor/process-identity.ts';
import { startProcess } from '../../../../runtime/workers/index.ts';

const machine = vi.hoisted(() => ({ hasProc: true }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    readFileSync(path: string, ...rest: []) {
      if (!machine.hasProc && path.startsWith('/proc/')) throw new Error('no such file');
      return real.readFileSync(path, ...rest);
    },
  };
});

/** A process, and a note that it is the flow of a supervisor that was killed. */
async function leftover() {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-left-'));
  const args = ['-e', 'setInterval(() => {}, 1000)'];
  const child = await startProcess({ name: 'left', command: process.execPath, args });
  onTestFinished(async () => {
    vi.restoreAllMocks();
    machine.hasProc = true;
    await child.end(0);
    await rm(directory, { recursive: true, force: true });
  });
  const file = join(directory, 'flow-process.json');
  const note = () => writeFile(file, JSON.stringify({ format: 1, ...identityOf(child.pid ?? 0) }));
  return { file, note, lives: () => identityOf(child.pid ?? 0) !== undefined };
}

it('leaves a process alone that it cannot tell from a later one with the same number', async () => {
  const { file, note, lives } = await leftover();
  machine.hasProc = false;
  await note();
  expect(await endLeftoverFlow(file, 50, systemClock)).toBe(false);
  expect(lives()).toBe(true);
});

it('does not wait for ever for a flow that it may not end', async () => {
  const { file, note, lives } = await leftover();
  await note();
  const real = process.kill.bind(process);
  vi.spyOn(process, 'kill').mockImplementation((pid, signal) => {
    if (signal === 'SIGKILL') throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
    return real(pid, signal);
  });
  expect(await endLeftoverFlow(file, 50, systemClock)).toBe(false);
  expect(lives()).toBe(true);
});
