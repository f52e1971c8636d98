import { expect, it, vi } from 'vitest';

// The limits are read when the room is loaded.
vi.hoisted(() => {
  process.env['MILLRACE_LIMIT_FLOW_TEST_STALL_MS'] = '3000';
});
const { func, inject, run, tab } = await import('./run.ts');

const test = {
  duration: '10 s',
  expect: [{ node: 'start', expect: 'nothing' }],
  give: [{ node: 'work', at: '1 s', message: {} }],
};
const start = inject('start', ['work']);

it('ends a test in which messages go round without end', async () => {
  const flow = [tab, start, func('work', 'return msg;', ['work'])];
  await expect(run(flow, test)).rejects.toMatchObject({
    code: 'TEST_STALLED',
    message: expect.stringMatching(
      /after 1 s of the flow's time nothing moved on .*: messages go round without end/,
    ) as string,
  });
}, 60_000);

it('ends a test in which a node never returns', async () => {
  const flow = [tab, start, func('work', 'while (true) {}')];
  await expect(run(flow, test)).rejects.toMatchObject({
    code: 'TEST_STALLED',
    message: expect.stringContaining('a node does not return') as string,
  });
}, 60_000);

it('reports a test whose process ended, with what it wrote last', async () => {
  const flow = [tab, start, func('work', "console.error('last words'); process.exit(3);", [], { libs: [] })];
  // A function node has no `process`; what ends one is a native module or a node of somebody else.
  const code =
    "const end = RED.util.setMessageProperty.constructor('return process')(); console.error('last words'); end.exit(3);";
  flow[2] = func('work', code);
  await expect(run(flow, test)).rejects.toMatchObject({
    code: 'TEST_CRASHED',
    message: expect.stringMatching(/exit code 3[^]*last words/) as string,
  });
}, 60_000);

it('reports a flow file that is no flow', async () => {
  await expect(run('{}' as never, test)).rejects.toMatchObject({ code: 'FLOW_NOT_A_FLOW' });
}, 60_000);
