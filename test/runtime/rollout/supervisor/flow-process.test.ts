import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import type { Vitals } from '../../../../runtime/messages/index.ts';
import { heldBytes } from '../../../support/heap.ts';
import { until } from '../../../support/node-red.ts';

// Limits are read when their room is loaded.
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_SILENCE_MS', '4000');
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_START_SILENCE_MS', '8000');
vi.stubEnv('MILLRACE_LIMIT_GATEWAY_DRAIN_MS', '1000');
vi.stubEnv('NODE_COMPILE_CACHE', undefined);
const { startFlowProcess } = await import('../../../../runtime/rollout/supervisor/flow-process.ts');

const STAND_IN = join(import.meta.dirname, 'stand-in.ts');

async function start({ onTestFinished }: TestContext, behaviour: string, ceiling = 400e6) {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-flow-'));
  const [lines, vitals]: [string[], Vitals[]] = [[], []];
  let readies = 0;
  const flow = await startFlowProcess({
    command: [process.execPath, STAND_IN],
    args: ['run', join(directory, behaviour), '--supervised'],
    ...{ ceiling, compiled: join(directory, 'compiled'), clock: systemClock },
    onLine: (line) => lines.push(line),
    onReady: () => (readies += 1),
    onVitals: (one) => vitals.push(one),
  });
  onTestFinished(async () => {
    await flow.end();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    directory,
    flow,
    lines,
    vitals,
    readies: () => readies,
    notes: () => readFile(join(directory, 'notes'), 'utf8'),
  };
}

describe.concurrent('the process of a flow', () => {
  it('is heard: when it is ready, its vitals, what it writes, its metrics, its boards', async (test) => {
    const { flow, lines, vitals, readies } = await start(test, 'talks');
    await until(() => vitals.length > 2 && lines.length === 2, 'lines and vitals');
    expect(readies()).toBe(1);
    expect(lines).toContain('a line of the flow');
    expect(vitals[0]?.rss).toBeGreaterThan(1e6);
    const [boards, metrics] = await Promise.all([flow.boards(), flow.metrics()]);
    expect(metrics).toBe(`up 1 # ${flow.pid}`);
    expect(boards).toMatchObject([{ port: '/dev/ttyACM0', firmware: 'StandardFirmata 2.5' }]);
  });

  it('is asked as often as anybody likes: nothing of an answer is kept', async (test) => {
    const { flow, readies } = await start(test, 'wordy');
    await until(() => readies() > 0, 'it is ready');
    const ask = async (times: number) => {
      for (let time = 0; time < times; time++) expect((await flow.metrics()).length).toBeGreaterThan(200_000);
    };
    await ask(5);
    const before = await heldBytes();
    await ask(200);
    expect((await heldBytes()) - before).toBeLessThan(20e6);
  });

  it('is told where Node.js keeps what it has compiled', async (test) => {
    const { lines, directory } = await start(test, 'shows');
    await until(() => lines.length > 0, 'its line');
    expect(lines).toEqual([`kept in ${join(directory, 'compiled')}`]);
  });

  it('is let end in order, which is no failure', async (test) => {
    const { flow, vitals, notes } = await start(test, 'steady');
    await until(() => vitals.length > 0, 'vitals');
    await flow.end();
    expect(await flow.ended).toBeUndefined();
    expect(await notes()).toContain(`ended ${flow.pid}`);
    await expect(flow.metrics()).rejects.toMatchObject({ code: 'FLOW_NOT_UP' });
  });

  it('is said to have crashed, with what it last said', async (test) => {
    const { flow } = await start(test, 'throws');
    expect(await flow.ended).toMatchObject({
      kind: 'crashed',
      text: expect.stringContaining('the pump is on fire') as string,
      problem: { code: 'FLOW_CRASHED' },
    });
    const told = await start(test, 'tells');
    expect(await told.flow.ended).toMatchObject({
      kind: 'crashed',
      problem: { code: 'SETTING_MISSING', hint: 'Set it.' },
    });
    const killed = await start(test, 'killed');
    expect(await killed.flow.ended).toMatchObject({
      kind: 'crashed',
      text: expect.stringContaining('want of memory') as string,
    });
  });

  it('is ended when its event loop hangs, while it runs and while it starts', async (test) => {
    const [running, starting] = await Promise.all([start(test, 'hangs'), start(test, 'hangsEarly')]);
    const [one, other] = await Promise.all([running.flow.ended, starting.flow.ended]);
    expect(one).toMatchObject({ kind: 'hung', problem: { code: 'FLOW_HUNG' } });
    expect(other).toMatchObject({ kind: 'hung', text: expect.stringContaining('while loading the models') as string });
    expect(starting.readies()).toBe(0);
  }, 30_000);

  it('is ended when it takes more memory than it may, before the system ends something', async (test) => {
    const { flow } = await start(test, 'hoards', 200e6);
    expect(await flow.ended).toMatchObject({
      kind: 'out-of-memory',
      problem: { code: 'FLOW_OUT_OF_MEMORY', message: expect.stringContaining('200 MB') as string },
    });
    const orderly = await start(test, 'full');
    expect(await orderly.flow.ended).toMatchObject({ kind: 'out-of-memory', problem: { code: 'MEMORY_CEILING' } });
  }, 30_000);
});

it('is not taken for hung where its supervisor itself stood still', async (test) => {
  const { flow, vitals } = await start(test, 'steady');
  await until(() => vitals.length > 0, 'vitals');
  // As by a debugger, or a disk that does not answer: what was said in the meantime waits to be heard.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6_000);
  const before = vitals.length;
  await until(() => vitals.length > before + 2, 'more vitals');
  await flow.end();
  expect(await flow.ended).toBeUndefined();
}, 30_000);
