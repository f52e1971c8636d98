/** The tests of a flow as a page knows them, with a gateway that only says what it is told to. */
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../editor/gateway.ts';
import { newDraft } from '../../../editor/sidebar/tests/draft.ts';
import { createTests } from '../../../editor/sidebar/tests/tests.ts';

const file = { format: 1, name: 'stays well', expect: [{ node: 'infer', property: 'payload.label', is: 'healthy' }] };
const listing = {
  flow: 'pump',
  tests: [
    { name: 'well', owner: 'shipped', test: file },
    { name: 'own', owner: 'user', test: { ...file, name: 'my own' } },
    { name: 'torn', owner: 'user', problem: { code: 'TEST_NOT_JSON', message: 'not JSON', hint: 'Mend the line.' } },
  ],
  recordings: ['worn-bearing.parquet'],
};
const result = (name: string, passed: boolean) => ({
  ...{ kind: 'test', flow: 'pump', file: `/srv/flows/pump/tests/${name}.json`, name, passed },
  ...{ expectations: [], errors: [], virtualMs: 20_000, tookMs: 900 },
});

function page(lines: (signal: AbortSignal) => AsyncIterable<unknown> = async function* () {}) {
  const asked: [string, unknown][] = [];
  const tests = createTests(
    (path, body) => {
      asked.push([path, body]);
      return Promise.resolve(body === undefined ? listing : {});
    },
    async function* (path, body, signal) {
      asked.push([path, body]);
      yield* lines(signal);
    },
  );
  return { asked, tests };
}

describe('the tests of a page', () => {
  it('are those of the running flow, with what is wrong with one', async () => {
    const { tests } = page();
    await tests.refresh();
    const { flow, tests: listed, recordings } = tests.state.value;
    expect([flow, recordings]).toEqual(['pump', ['worn-bearing.parquet']]);
    expect(listed.map(({ name, test }) => [name, test?.name])).toEqual([
      ['well', 'stays well'],
      ['own', 'my own'],
      ['torn', undefined],
    ]);
    expect(listed[2]?.problem).toMatchObject({ hint: 'Mend the line.' });
  });

  it('show each result as it comes', async () => {
    let goOn: () => void = () => undefined;
    const { asked, tests } = page(async function* () {
      yield result('well', true);
      await new Promise<void>((resolve) => (goOn = resolve));
      yield result('own', false);
      yield { kind: 'summary', passed: 1, failed: 1, tookMs: 2000 };
    });
    await tests.refresh();
    const run = tests.run(['well', 'own']);
    await expect.poll(() => tests.state.value.results.size).toBe(1);
    expect([...tests.state.value.waiting]).toEqual(['own']);
    // One run at a time.
    await tests.run();
    goOn();
    await run;
    expect(asked.filter(([path]) => path === 'tests/run')).toEqual([['tests/run', { names: ['well', 'own'] }]]);
    expect([...tests.state.value.results].map(([name, { passed }]) => [name, passed])).toEqual([
      ['well', true],
      ['own', false],
    ]);
    expect(tests.state.value.waiting.size).toBe(0);
  });

  it('say what is missing where they cannot be run', async () => {
    const hint = 'Install it: cd /home/me/.node-red && npm install millrace-studio';
    const { tests } = page(async function* () {
      yield { kind: 'error', code: 'SUITE_RUNNER_MISSING', message: 'millrace-studio is not installed', hint };
    });
    await tests.refresh();
    await tests.run();
    expect(tests.state.value.trouble).toEqual({ text: 'millrace-studio is not installed', hint });
    expect(tests.state.value.waiting.size).toBe(0);
  });

  it('can be stopped, which is no trouble, and run again', async () => {
    const { tests } = page(async function* (signal) {
      await new Promise((_, refuse) => signal.addEventListener('abort', () => refuse(new Error('aborted'))));
      yield undefined;
    });
    await tests.refresh();
    const run = tests.run();
    tests.stop();
    await run;
    expect(tests.state.value).toMatchObject({ waiting: new Set() });
    expect(tests.state.value.trouble).toBeUndefined();
  });

  it('forget what was found out once the flow, or the test, is another', async () => {
    const { asked, tests } = page(async function* () {
      yield result('well', true);
      yield result('own', true);
    });
    await tests.refresh();
    await tests.run();
    await tests.save('own', newDraft({ name: 'my own', expect: [] }));
    expect([...tests.state.value.results.keys()]).toEqual(['well']);
    expect(asked).toContainEqual(['tests', expect.objectContaining({ name: 'own' })]);
    tests.forget();
    expect(tests.state.value.results.size).toBe(0);
  });

  it('send along only the recordings that the test plays', async () => {
    const { asked, tests } = page();
    const play = [{ node: 'pins', output: 1, at: 0, recording: 'pins.jsonl' }];
    const recordings = { 'pins.jsonl': 'pins@20261121-054012', 'older.jsonl': 'older@20261120-111111' };
    await tests.save('own', newDraft({ name: 'my own', play }, recordings));
    expect(asked[0]).toEqual([
      'tests',
      expect.objectContaining({ recordings: { 'pins.jsonl': 'pins@20261121-054012' } }),
    ]);
  });

  it('are not lost where they cannot be kept', async () => {
    const tests = createTests(
      () => Promise.reject(new Refused('cannot write own.json: disk full')),
      async function* () {},
    );
    tests.draft.set(newDraft({ name: 'my own' }));
    expect(await tests.save('own', newDraft({ name: 'my own' }))).toBe(false);
    expect(tests.draft.value?.test.name).toBe('my own');
    expect(tests.state.value.trouble).toEqual({ text: 'cannot write own.json: disk full' });
  });
});
