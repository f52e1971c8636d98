/** How long an hour of the pump takes in virtual time, fed by a recording at `pins`: what `millrace test` does with it. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testReport, type TestReport } from '../../runtime/messages/index.ts';
import { startProcess } from '../../runtime/workers/index.ts';
import { recordPump } from '../../scripts/make-recordings.ts';
import type { Aim, Row } from '../support/report.ts';

const SECONDS = 3600;
const RATE = 100;
const root = join(import.meta.dirname, '../..');
const command = join(root, 'dist/millrace-studio/runtime/cli/main.js');

/** The bearing is worn from the 30th minute on. */
const test = {
  format: 1,
  name: 'an hour of the pump',
  play: [{ node: 'pins', recording: 'hour.parquet' }],
  expect: [
    { node: 'infer', property: 'payload.label', is: 'healthy', within: '2 s' },
    { node: 'infer', property: 'payload.label', is: 'worn bearing', from: '30 min', within: '2 s' },
    { node: 'infer', expect: 'count', atLeast: 14_390, atMost: 14_400 },
    { node: 'drift', property: 'payload.state', is: 'start', from: '30 min', within: '30 s' },
    { node: 'upload', input: true, expect: 'count', atLeast: 14_390 },
  ],
};

/** Needs the build. */
export async function run(): Promise<{ readonly rows: readonly Row[]; readonly aims: readonly Aim[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-hour-'));
  try {
    const tests = join(directory, 'hour/tests');
    await mkdir(tests, { recursive: true });
    await cp(join(root, 'flows/pump/flow.json'), join(directory, 'hour/flow.json'));
    await writeFile(join(tests, 'hour.json'), JSON.stringify(test));
    await recordPump(join(tests, 'hour.parquet'), [{ from: SECONDS / 2, change: { bearing: 'worn' } }], SECONDS);
    const report = await runTests(join(directory, 'hour/flow.json'), directory);
    if (report.kind !== 'test' || !report.passed) {
      throw new Error(`the hour was not as it should be:\n${JSON.stringify(report, null, 2)}`);
    }
    const seconds = report.tookMs / 1000;
    const row = {
      what: 'an hour of the pump in virtual time',
      seconds: Number(seconds.toFixed(1)),
      readings: SECONDS * RATE,
      'µs a reading': Number(((seconds * 1e6) / (SECONDS * RATE)).toFixed(1)),
      'times real time': Math.round(SECONDS / seconds),
    };
    const real = { what: 'the same in real time', seconds: SECONDS, readings: SECONDS * RATE, 'times real time': 1 };
    const aim: Aim = { name: 'an hour of the pump in virtual time', value: seconds, unit: 's', op: '<=', target: 20 };
    return { rows: [row, real], aims: [aim] };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function runTests(flow: string, userDir: string): Promise<TestReport> {
  const lines: string[] = [];
  const child = await startProcess({
    name: 'millrace test',
    command: process.execPath,
    args: [command, 'test', '--json', '--user-dir', userDir, flow],
    onLine: (line) => lines.push(line),
  });
  const { output } = await child.ended;
  const [first] = lines;
  if (first === undefined) throw new Error(`millrace test said nothing:\n${output}`);
  return testReport.parse(JSON.parse(first));
}
