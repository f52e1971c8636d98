import { describe, expect, it, onTestFinished } from 'vitest';
import { startProcess } from '../../../runtime/workers/index.ts';

const node = (code: string) => ({
  name: 'child',
  command: process.execPath,
  args: ['--input-type=module', '-e', code],
});

it('hears the lines, the messages and the end of a child process', async () => {
  const lines: string[] = [];
  const messages: unknown[] = [];
  const child = await startProcess({
    ...node(
      `process.on('message', (message) => { process.send({ got: message }); console.log('one\\ntwo'); console.error('oh'); process.disconnect(); process.exitCode = 4; });`,
    ),
    onLine: (line) => lines.push(line),
    onMessage: (message) => messages.push(message),
  });
  child.send(new Float32Array([1, 2]));
  expect(await child.ended).toEqual({ code: 4, signal: undefined, output: 'oh\n' });
  expect(lines).toEqual(['one', 'two']);
  expect(messages).toEqual([{ got: new Float32Array([1, 2]) }]);
  child.send('too late');
});

it('keeps the last of what a child wrote, and no more', async () => {
  const child = await startProcess(node(`console.log('x'.repeat(100_000)); console.error('the end');`));
  const { output } = await child.ended;
  expect(output.length).toBeLessThan(20_000);
  expect(output).toContain('the end');
});

it('ends a child that does not want to', async () => {
  const child = await startProcess({
    ...node(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send('ready');`),
    onMessage: () => void child.end(100),
  });
  expect((await child.ended).signal).toBe('SIGKILL');
});

it('says which command could not be started', async () => {
  await expect(startProcess({ name: 'nothing', command: '/no/such/command', args: [] })).rejects.toMatchObject({
    code: 'PROCESS_NOT_STARTED',
    message: expect.stringContaining('/no/such/command') as string,
  });
});

describe('what a child started and left behind', () => {
  const leaves = `
    const { spawn } = await import('node:child_process');
    const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    left.once('spawn', () => { console.log('left ' + left.pid); setTimeout(() => process.exit(3), 100); });`;
  const runs = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const startLeaving = async (group: boolean) => {
    let pid = 0;
    const child = await startProcess({ ...node(leaves), group, onLine: (line) => (pid = Number(line.split(' ')[1])) });
    onTestFinished(() => void (pid > 0 && runs(pid) && process.kill(pid, 'SIGKILL')));
    const end = await child.ended;
    expect(end).toMatchObject({ code: 3 });
    expect(pid).toBeGreaterThan(0);
    return pid;
  };

  it('is not waited for, though it holds the output open', async () => {
    expect(runs(await startLeaving(false))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('ends with it, in a group of its own', async () => {
    const pid = await startLeaving(true);
    await expect.poll(() => runs(pid)).toBe(false);
  });
});
