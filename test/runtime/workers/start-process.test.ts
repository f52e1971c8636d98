import { expect, it } from 'vitest';
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
