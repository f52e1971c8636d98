import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { recordingsOf, suiteOf, openSuites, type Suites } from '../../../runtime/suites/index.ts';
import { findRunner } from '../../../runtime/suites/find-runner.ts';
import { lineOf } from '../../../runtime/suites/line-of.ts';
import { parseTest } from '../../../runtime/suites/parse-test.ts';
import type { TestReport } from '../../../runtime/messages/index.ts';

let userDir: string;
let shipped: string;
let suites: Suites;
const good = { format: 1, name: 'good', expect: [{ node: 'a', is: 1 }] };

async function put(file: string, content: unknown): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'millrace-suites-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  userDir = join(root, 'user');
  shipped = join(root, 'shipped');
  suites = openSuites({ userDir, shipped });
});

describe('the tests of a flow', () => {
  it('are those of the user, and those that came with the flow', async () => {
    const flow = join(userDir, 'flows/pump.json');
    await put(join(shipped, 'pump/tests/worn.json'), good);
    await put(join(shipped, 'pump/tests/blocked.json'), good);
    await put(join(shipped, 'pump/tests/worn.parquet'), 'PAR1');
    await put(join(userDir, 'tests/pump/worn.json'), { ...good, name: 'mine' });
    await put(join(userDir, 'tests/other/other.json'), good);
    const list = await suites.list(flow);
    expect(list.map(({ name, owner, test }) => [name, owner, test?.name])).toEqual([
      ['blocked', 'shipped', 'good'],
      ['worn', 'user', 'mine'],
    ]);
    // The recording that the user's own version plays stays where it came.
    const played = {
      ...(await suites.read(flow, 'worn')),
      play: [{ node: 'a', output: 1, recording: 'worn.parquet', at: 0 }],
    };
    expect(await recordingsOf(suiteOf(flow, { userDir, shipped }), played)).toEqual({
      'worn.parquet': join(shipped, 'pump/tests/worn.parquet'),
    });
  });

  it('of a flow file lie beside it as well', async () => {
    const flow = await put(join(userDir, '../project/line.json'), []);
    await put(join(dirname(flow), 'tests/a.json'), good);
    await put(join(userDir, 'tests/line/b.json'), good);
    expect((await suites.list(flow)).map(({ name, owner }) => [name, owner])).toEqual([
      ['a', 'flow'],
      ['b', 'user'],
    ]);
    expect(await suites.list(join(userDir, 'flows/none.json'))).toEqual([]);
  });

  it('are listed with what is wrong with them, and the others are none the worse', async () => {
    const flow = join(userDir, 'flows/pump.json');
    await put(join(userDir, 'tests/pump/good.json'), good);
    await put(join(userDir, 'tests/pump/cut.json'), '{\n  "format": 1,\n  "name":');
    await put(join(userDir, 'tests/pump/empty.json'), { format: 1, name: 'x', expect: [] });
    const list = await suites.list(flow);
    expect(list.map(({ name, problem }) => [name, problem?.code])).toEqual([
      ['cut', 'TEST_NOT_JSON'],
      ['empty', 'TEST_INVALID'],
      ['good', undefined],
    ]);
    await expect(suites.read(flow, 'cut')).rejects.toMatchObject({ code: 'TEST_NOT_JSON' });
    await expect(suites.read(flow, 'none')).rejects.toMatchObject({
      code: 'TEST_MISSING',
      hint: 'It has: cut, empty, good.',
    });
  });

  it('are written for the user, and only the user’s are removed', async () => {
    const flow = join(userDir, 'flows/pump.json');
    const file = await put(join(shipped, 'pump/tests/worn.json'), good);
    await suites.write(flow, 'worn', { ...good, name: 'changed' });
    expect((await suites.read(flow, 'worn')).name).toBe('changed');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(good);
    await suites.remove(flow, 'worn');
    expect((await suites.read(flow, 'worn')).name).toBe('good');
    await expect(suites.remove(flow, 'worn')).rejects.toMatchObject({ code: 'TEST_SHIPPED' });
    await expect(suites.write(flow, 'bad', { ...good, expct: [] })).rejects.toMatchObject({
      code: 'TEST_INVALID',
      message: expect.stringContaining('"expct": there is no such setting') as string,
    });
  });

  it('keep their recordings beside them', async () => {
    const flow = join(userDir, 'flows/pump.json');
    const bytes = new TextEncoder().encode('{"at":0,"message":{}}\n');
    await suites.writeRecording(flow, 'day/one.jsonl', bytes);
    expect(await suites.recordings(flow)).toMatchObject([
      { name: 'day/one.jsonl', owner: 'user', bytes: bytes.length },
    ]);
    expect(new Uint8Array(await suites.readRecording(flow, 'day/one.jsonl'))).toEqual(bytes);
    await suites.removeRecording(flow, 'day/one.jsonl');
    expect(await suites.recordings(flow)).toEqual([]);
    await expect(suites.readRecording(flow, 'day/one.jsonl')).rejects.toMatchObject({ code: 'TEST_RECORDING_MISSING' });
  });

  it.each(['..', '../x', 'a/b', '/etc/passwd', '.hidden', '', 'a\0b', 'C:\\x', 'x'.repeat(200)])(
    'cannot be called %j',
    async (name) => {
      const flow = join(userDir, 'flows/pump.json');
      await expect(suites.write(flow, name, good)).rejects.toMatchObject({ code: 'TEST_NAME_UNFIT' });
    },
  );

  it.each(['../x.jsonl', '/etc/passwd', 'a/../../x', 'a//b', '.ssh/id', 'test.json', 'a\\..\\b'])(
    'cannot have a recording %j',
    async (name) => {
      const flow = join(userDir, 'flows/pump.json');
      await expect(suites.writeRecording(flow, name, new Uint8Array())).rejects.toMatchObject({
        code: 'TEST_NAME_UNFIT',
      });
    },
  );
});

describe('a test that is wrong', () => {
  const lines = (...text: string[]) => text.join('\n');

  it('is told with the setting and its line', () => {
    const text = lines(
      '{',
      '  "format": 1, "name": "x",',
      '  "expect": [',
      '    { "node": "a", "is": 1 },',
      '    { "node": "b", "within": "5 parsecs", "is": 2 }',
      '  ]',
      '}',
    );
    expect(() => parseTest('t.json', text)).toThrow(
      't.json, line 5: "expect[1].within": must be a duration such as "5 s"',
    );
    expect(() => parseTest('t.json', text.replace('"5 parsecs"', '5').replace('"is": 2', '"iss": 2'))).toThrow(
      't.json, line 5: "expect[1].iss": there is no such setting',
    );
    expect(() => parseTest('t.json', lines('{', '  "format": 1, "name": "x"', '}'))).toThrow('line 1: "expect"');
    expect(() => parseTest('t.json', lines('{', '  "format": 1', '  "name": "x"', '}'))).toThrow(
      /t\.json, line 3: not JSON/,
    );
    expect(() => parseTest('t.json', '')).toThrow('line 1: not JSON');
  });

  it('has its line found among strings, escapes and nesting', () => {
    const text = lines('{ "a\\"[": "}\\\\",', '  "b": [1, {"c": "x,]"},', '    [2,', '     {"d": null}]] }');
    expect(lineOf(text, ['a"['])).toBe(1);
    expect(lineOf(text, ['b', 1, 'c'])).toBe(2);
    expect(lineOf(text, ['b', 2, 1, 'd'])).toBe(4);
    expect(lineOf(text, ['b', 2, 1, 'missing'])).toBe(4);
  });
});

describe('running tests', () => {
  it('says what to install where there is no runner', () => {
    expect(() => findRunner(userDir, '/usr/bin/node-red')).toThrow(
      expect.objectContaining({
        code: 'SUITE_RUNNER_MISSING',
        hint: `Install it: cd ${userDir} && npm install millrace-studio`,
      }),
    );
  });

  /** A runner that prints these lines and then ends. */
  async function runner(code: string): Promise<void> {
    const folder = join(userDir, 'node_modules/millrace-studio');
    await put(join(userDir, 'package.json'), {});
    await put(join(folder, 'package.json'), { name: 'millrace-studio', type: 'module' });
    await put(join(folder, 'runtime/cli/main.js'), code);
  }
  const result = (name: string) =>
    JSON.stringify({
      ...{ kind: 'test', flow: 'pump', file: 'x.json', name, passed: true, expectations: [], errors: [] },
      ...{ virtualMs: 1, tookMs: 1 },
    });
  const summary = JSON.stringify({ kind: 'summary', passed: 1, failed: 0, tookMs: 1 });
  async function collect(run: AsyncIterable<TestReport>): Promise<TestReport[]> {
    const reports: TestReport[] = [];
    for await (const report of run) reports.push(report);
    return reports;
  }

  it('hands on what the runner reports, and what it was asked', async () => {
    await runner(`console.log(${JSON.stringify(result('a'))}); console.log('noise');
      console.log(JSON.stringify({ ...${result('b')}, file: process.argv.slice(2).join(' ') }));
      console.log(${JSON.stringify(summary)}); process.exitCode = 1;`);
    const reports = await collect(suites.run('/flows/pump.json', { names: ['a', 'b c'] }));
    expect(reports).toMatchObject([
      { name: 'a' },
      { name: 'b', file: `test --json --user-dir ${userDir} --test a --test b c -- /flows/pump.json` },
      { kind: 'summary' },
    ]);
  });

  it('says why the runner did not come to its end', async () => {
    await runner(`console.log(${JSON.stringify(result('a'))}); console.error('no memory left'); process.exit(7);`);
    await expect(collect(suites.run('/flows/pump.json'))).rejects.toMatchObject({
      code: 'SUITE_FAILED',
      message: expect.stringContaining('no memory left') as string,
    });
  });

  it('ends the runner when nobody wants to know any more', async () => {
    const mark = join(userDir, 'pid');
    await runner(`import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, String(process.pid));
      console.log(${JSON.stringify(result('a'))}); setInterval(() => {}, 1000);`);
    for await (const report of suites.run('/flows/pump.json')) {
      expect(report).toMatchObject({ name: 'a' });
      break;
    }
    const pid = Number(await readFile(mark, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const controller = new AbortController();
    const reports: TestReport[] = [];
    for await (const report of suites.run('/flows/pump.json', { signal: controller.signal })) {
      reports.push(report);
      controller.abort();
    }
    expect(reports).toHaveLength(1);
  });
});
