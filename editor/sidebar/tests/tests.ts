/** The tests of the running flow, as this page knows them, and what became of them when they last ran. */
import {
  flowTest,
  type FlowTest,
  type TestReport,
  testReport,
  type TestResult,
  type TestRow,
  testsAnswer,
} from '../../../runtime/messages/index.ts';
import { type AskForLines, type AskGateway, Refused } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { type Trouble, troubleOf } from '../notice.tsx';
import { type Draft, tidy } from './draft.ts';

export interface ListedTest extends Pick<TestRow, 'name' | 'owner' | 'problem'> {
  readonly test?: FlowTest;
}

export interface TestsState {
  readonly loaded: boolean;
  /** What the flow is called. */
  readonly flow: string;
  readonly tests: readonly ListedTest[];
  /** Files beside the tests that they may play. */
  readonly recordings: readonly string[];
  /** By the name of the test: of its newest run, unless something has changed since. */
  readonly results: ReadonlyMap<string, TestResult>;
  /** Names of those that were started and have not reported. */
  readonly waiting: ReadonlySet<string>;
  readonly trouble?: Trouble;
}

export interface Tests {
  readonly state: Observed<TestsState>;
  /** The test that is being written or looked at, in place of the list. */
  readonly draft: Observed<Draft | undefined>;
  refresh(): Promise<void>;
  /** @param names all, where none is given */
  run(names?: readonly string[]): Promise<void>;
  /** Ends the run. */
  stop(): void;
  /** @returns whether it is kept */
  save(name: string, draft: Draft): Promise<boolean>;
  remove(name: string): Promise<void>;
  /** What was found out is of a flow, or of a test, that has changed since. @param name all, where none is given */
  forget(name?: string): void;
}

export function createTests(ask: AskGateway, askForLines: AskForLines): Tests {
  const state = observed<TestsState>({
    ...{ loaded: false, flow: '', tests: [], recordings: [] },
    ...{ results: new Map(), waiting: new Set() },
  });
  const draft = observed<Draft | undefined>(undefined);
  let running: AbortController | undefined;

  const change = (part: Partial<TestsState>) => state.set({ ...state.value, ...part });
  const attempt = async (what: () => Promise<void>): Promise<boolean> => {
    try {
      await what();
      const { trouble: _mended, ...rest } = state.value;
      state.set(rest);
      return true;
    } catch (error) {
      change({ trouble: troubleOf(error) });
      return false;
    }
  };
  const take = async () => {
    const { flow, tests, recordings } = testsAnswer.parse(await ask('tests'));
    change({ loaded: true, flow, tests: tests.map(listed), recordings });
  };
  const without = (names: Iterable<string>) => {
    const results = new Map(state.value.results);
    for (const name of names) results.delete(name);
    return results;
  };
  const report = (line: TestReport) => {
    if (line.kind !== 'test') return;
    const name = nameOf(line.file);
    const waiting = new Set(state.value.waiting);
    waiting.delete(name);
    change({ waiting, results: new Map(state.value.results).set(name, line) });
  };

  return {
    state,
    draft,
    async refresh() {
      await attempt(take);
    },
    async run(names = state.value.tests.map(({ name }) => name)) {
      if (running || names.length === 0) return;
      const run = new AbortController();
      running = run;
      change({ waiting: new Set(names), results: without(names) });
      const done = await attempt(async () => {
        for await (const line of askForLines('tests/run', { names }, run.signal)) report(parseLine(line));
      });
      running = undefined;
      // One that was stopped by hand is no trouble.
      if (!done && run.signal.aborted) await attempt(take);
      change({ waiting: new Set() });
    },
    stop: () => running?.abort(),
    save: (name, { test, recordings }) =>
      attempt(async () => {
        const kept = Object.entries(recordings).filter(([file]) =>
          test.play.some(({ recording }) => recording === file),
        );
        await ask('tests', { name, test: tidy(test), recordings: Object.fromEntries(kept) });
        change({ results: without([name]) });
        await take();
      }),
    async remove(name) {
      await attempt(async () => {
        await ask('tests/remove', { name });
        change({ results: without([name]) });
        await take();
      });
    },
    forget(name) {
      const { results } = state.value;
      if (name === undefined ? results.size > 0 : results.has(name)) {
        change({ results: without(name === undefined ? results.keys() : [name]) });
      }
    },
  };
}

function listed({ name, owner, test, problem }: TestRow): ListedTest {
  const parsed = flowTest.safeParse(test);
  return { name, owner, ...(parsed.success && { test: parsed.data }), ...(problem && { problem }) };
}

/** Its last line may be what is wrong. */
function parseLine(line: unknown): TestReport {
  const { kind, message, hint } = line as { kind?: string; message?: string; hint?: string };
  if (kind === 'error') throw new Refused(message ?? '', hint);
  return testReport.parse(line);
}

/** A report names the whole path. */
const nameOf = (file: string) => file.replace(/^.*[\\/]/, '').replace(/\.json$/, '');
