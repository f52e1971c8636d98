/** `millrace test`, built, on the flows that come with Millrace and on those of a user. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { testReport, type TestReport } from '../../runtime/messages/index.ts';
import { openSuites } from '../../runtime/suites/index.ts';
import { until } from '../support/node-red.ts';
import { command } from '../support/studio.ts';

const flows = resolve(import.meta.dirname, '../../flows');
const LONG = 120_000;
let userDir: string;

beforeEach(async () => {
  userDir = await mkdtemp(join(tmpdir(), 'millrace-flow-tests-'));
  onTestFinished(() => rm(userDir, { recursive: true, force: true }));
});

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [command, 'test', '--user-dir', userDir, ...args], {
    env: { ...process.env, ...env },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.on('close', done));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output, ended };
}

async function millrace(...args: string[]) {
  const { output, ended } = start(args);
  return { code: await ended, ...output };
}

const button = [
  { id: 'tab', type: 'tab', label: 'T' },
  {
    id: 'go',
    type: 'inject',
    z: 'tab',
    name: 'go',
    props: [],
    repeat: '',
    once: false,
    x: 1,
    y: 1,
    wires: [['double']],
  },
  {
    id: 'double',
    type: 'function',
    z: 'tab',
    name: 'double',
    func: 'return { payload: msg.payload * 2 };',
    outputs: 1,
    x: 1,
    y: 1,
    wires: [[]],
  },
];
const doubles = {
  format: 1,
  name: 'doubles',
  give: [{ node: 'double', at: '1 s', message: { payload: 21 } }],
  expect: [{ node: 'double', is: 42 }],
};

/** A flow of the user's with these tests beside it. */
async function ownFlow(tests: Record<string, unknown>): Promise<string> {
  const file = join(userDir, 'project/own.json');
  await mkdir(join(userDir, 'project/tests'), { recursive: true });
  await writeFile(file, JSON.stringify(button));
  for (const [name, test] of Object.entries(tests)) {
    await writeFile(
      join(userDir, 'project/tests', `${name}.json`),
      typeof test === 'string' ? test : JSON.stringify(test),
    );
  }
  return file;
}

describe('every flow that comes with Millrace', () => {
  it('has tests, and they pass', async () => {
    const names = (await readdir(flows, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    const { code, stdout } = await millrace('--json');
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => testReport.parse(JSON.parse(line)));
    const failed = reports.filter((report) => report.kind === 'test' && !report.passed);
    expect(failed).toEqual([]);
    const tested = new Set(reports.flatMap((report) => (report.kind === 'test' ? [report.flow] : [])));
    expect([...tested].sort()).toEqual(names.map(({ name }) => name).sort());
    expect(reports.at(-1)).toMatchObject({ kind: 'summary', failed: 0 });
    expect(code).toBe(0);
    // It runs beside what the user has, and leaves no trace.
    expect(await readdir(userDir)).toEqual([]);
  }, 600_000);
});

describe('the test of the pump', () => {
  const worn = 'a worn bearing is noticed within two seconds';

  it(
    'fails when the flow no longer does what it should',
    async () => {
      const flow = JSON.parse(await readFile(join(flows, 'pump/flow.json'), 'utf8')) as Record<string, unknown>[];
      const rule = { t: 'set', p: 'payload', pt: 'msg', to: 'payload.label = "healthy"', tot: 'jsonata' };
      const broken = flow.map((node) => (node['id'] === 'pump-ill' ? { ...node, rules: [rule] } : node));
      await mkdir(join(userDir, 'flows'));
      await writeFile(join(userDir, 'flows/pump.json'), JSON.stringify(broken));
      const { code, stdout } = await millrace('pump', '--test', 'worn-bearing');
      expect(code).toBe(1);
      expect(stdout).toContain(`✗ ${worn}`);
      expect(stdout).toContain('- not healthy?: payload is true in the last message');
      expect(stdout).toMatch(/\+ \S.*false/);
    },
    LONG,
  );

  it(
    'fails when a node’s settings are not valid, with the node and its error',
    async () => {
      const flow = JSON.parse(await readFile(join(flows, 'pump/flow.json'), 'utf8')) as Record<string, unknown>[];
      const broken = flow.map((node) => (node['id'] === 'pump-window' ? { ...node, length: -5 } : node));
      await mkdir(join(userDir, 'flows'));
      await writeFile(join(userDir, 'flows/pump.json'), JSON.stringify(broken));
      const { code, stdout } = await millrace('pump', '--test', 'worn-bearing');
      expect(code).toBe(1);
      expect(stdout).toMatch(/! window reported SETTING_INVALID: .*length/);
    },
    LONG,
  );
});

describe('the tests of a flow file', () => {
  it(
    'are run, the broken ones too, and told to a person',
    async () => {
      const file = await ownFlow({
        good: doubles,
        cut: '{\n "format": 1,',
        wrong: { ...doubles, name: 'triples', expect: [{ node: 'double', is: 63 }] },
        lost: { ...doubles, name: 'no recording', play: [{ node: 'go', recording: 'none.jsonl' }] },
      });
      const { code, stdout } = await millrace(file);
      expect(code).toBe(1);
      expect(stdout).toContain('✓ doubles');
      expect(stdout).toMatch(
        /✗ triples {2}6 s in [\d.]+ m?s\n.*wrong\.json\n {4}- double: payload becomes 63\n {4}\+ 1 s +42/,
      );
      expect(stdout).toMatch(/TEST_NOT_JSON: .*cut\.json, line 2/);
      expect(stdout).toContain('TEST_RECORDING_MISSING: there is no recording "none.jsonl"');
      expect(stdout).toMatch(/3 failed, 1 passed {2}12 s of the flows' time in [\d.]+ m?s\n$/);
      expect(stdout).not.toContain('\u001B');
    },
    LONG,
  );

  it(
    'are told to a CI system as JUnit XML',
    async () => {
      const name = 'it\u0001\'s <"bad"> & so on';
      const file = await ownFlow({ good: doubles, bad: { ...doubles, name, expect: [{ node: 'double', is: '<&>' }] } });
      const report = join(userDir, 'results.xml');
      expect((await millrace(file, '--junit', report)).code).toBe(1);
      const xml = await readFile(report, 'utf8');
      expect(xml).toContain('<testsuites tests="2" failures="1" errors="0"');
      expect(xml).toContain('<testcase name="it\uFFFD\'s &lt;&quot;bad&quot;&gt; &amp; so on" classname="own"');
      expect(xml).toContain('- double: payload becomes &quot;&lt;&amp;&gt;&quot;');
      expect(elementsOf(xml)).toEqual(['testsuites', 'testsuite', 'testcase', 'failure', 'testcase']);
    },
    LONG,
  );

  it(
    'are run again when something changes',
    async () => {
      const file = await ownFlow({ good: doubles });
      const { child, output, ended } = start([file, '--watch']);
      const said = (text: string, times = 1) =>
        until(() => (output.stdout.split(text).length > times ? true : undefined), text, LONG);
      const waiting = (times: number) =>
        until(() => (output.stderr.split('Waiting for a change').length > times ? true : undefined), 'waiting', LONG);
      await said('✓ doubles');
      await waiting(1);
      await writeFile(file, JSON.stringify(button).replace('* 2', '* 3'));
      await said('✗ doubles');
      await waiting(2);
      const test = { ...doubles, name: 'triples', expect: [{ node: 'double', is: 63 }] };
      await writeFile(join(userDir, 'project/tests/good.json'), JSON.stringify(test));
      await said('✓ triples');
      await waiting(3);
      child.kill('SIGINT');
      expect(await ended).toBe(0);
    },
    LONG,
  );

  it(
    'are run for the sidebar, which is told the same',
    async () => {
      const file = await ownFlow({
        good: doubles,
        bad: { ...doubles, name: 'bad', expect: [{ node: 'nobody', is: 1 }] },
      });
      const modules = join(userDir, 'node_modules');
      await mkdir(modules);
      await writeFile(join(userDir, 'package.json'), '{}');
      await symlink(resolve(command, '../../..'), join(modules, 'millrace-studio'), 'dir');
      const reports: TestReport[] = [];
      for await (const report of openSuites({ userDir }).run(file, { names: ['bad'] })) reports.push(report);
      expect(reports).toMatchObject([
        {
          kind: 'test',
          name: 'bad',
          passed: false,
          broken: { code: 'TEST_NODE_UNKNOWN', hint: 'The flow has: go, double. Name a node by its name or its id.' },
        },
        { kind: 'summary', failed: 1 },
      ]);
    },
    LONG,
  );
});

describe('a wrong use', () => {
  it(
    'is told with what to do',
    async () => {
      const file = await ownFlow({});
      const none = await millrace(file);
      expect(none.code).toBe(2);
      expect(none.stderr).toContain(`NO_TESTS: the flow "own" has no tests`);
      expect(none.stderr).toContain(join(userDir, 'project/tests'));
      expect(none.stderr).toContain('"format": 1');
      expect(await millrace('nowhere')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(
          'or one of these: cloud, drift, first-model, gesture, greenhouse, pump',
        ) as string,
      });
      expect(await millrace('pump', '--test', 'nothing')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('TEST_UNKNOWN') as string,
      });
    },
    LONG,
  );
});

/** The names of an XML text's elements in order. @throws if it is not well-formed, as far as JUnit reports go */
function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const body = xml.replace(/^<\?xml[^?]*\?>\n/, '');
  for (const [, close, name = '', rest = ''] of body.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*\/?)>/g)) {
    if (close === '/') expect(open.pop()).toBe(name);
    else {
      names.push(name);
      if (!rest.endsWith('/')) open.push(name);
    }
  }
  expect(open).toEqual([]);
  expect(body.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#10);)/);
  return names;
}
