/** Runs the tests of a flow, two at once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asMillraceError, toPlainError } from '../base/index.ts';
import type { TestResult } from '../messages/index.ts';
import { recordingsOf, type Suite, type TestEntry } from '../suites/index.ts';
import { errors } from './errors.ts';
import { runApart } from './run-apart.ts';
import type { TestGround, TestRequest } from './request.ts';
import { realTime } from './time/real-time.ts';

/** Processes at once: a flow with models uses two cores by itself. */
const AT_ONCE = 2;

export interface RunTestsOptions {
  readonly suite: Suite;
  readonly tests: readonly TestEntry[];
  readonly userDir: string;
  /** Of a bundle: on what it brings its flow runs. Default: what the user has, and what ships with Millrace. */
  readonly ground?: TestGround;
  /** Without Millrace's own nodes, which then need not be built. Default: with them. */
  readonly palette?: boolean;
  readonly signal?: AbortSignal;
}

/** Results as they come. What a test is broken by is in its result, and the others go on. */
export async function* runTests(options: RunTestsOptions): AsyncGenerator<TestResult, void> {
  const waiting = [...options.tests];
  const flow = readOnce(options);
  const running = new Set<Promise<{ readonly result: TestResult; readonly done: () => void }>>();
  const start = (entry: TestEntry) => {
    const done = () => void running.delete(promise);
    const promise = runEntry(entry, options, flow).then((result) => ({ result, done }));
    running.add(promise);
  };
  while ((waiting.length > 0 && options.signal?.aborted !== true) || running.size > 0) {
    while (running.size < AT_ONCE && options.signal?.aborted !== true) {
      const entry = waiting.shift();
      if (!entry) break;
      start(entry);
    }
    const { result, done } = await Promise.race(running);
    done();
    yield result;
  }
}

type FlowFile = Pick<TestRequest, 'flow' | 'credentials'>;

function readOnce({ suite, userDir }: RunTestsOptions): () => Promise<FlowFile> {
  let read: Promise<FlowFile> | undefined;
  return () => (read ??= readFlowFile(suite.file, userDir));
}

/** @throws TEST_FLOW_UNREADABLE */
async function readFlowFile(file: string, userDir: string): Promise<FlowFile> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw errors.TEST_FLOW_UNREADABLE({ file, reason: error.message }, { cause: error });
  });
  const flow = { file, text };
  const kept = await readText(file.replace(/(\.json)?$/, '_cred.json'));
  const secret = await readText(join(userDir, 'keys', 'credential-secret'));
  if (kept === undefined || secret === undefined) return { flow };
  return { flow, credentials: { kept: asObject(kept), secret: secret.trim() } };
}

const readText = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** Passwords that cannot be read are missing, as they would be for the flow itself. */
function asObject(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return {};
  }
}

async function runEntry(
  { file, name, test, problem }: TestEntry,
  { suite, userDir, ground, palette = true, signal }: RunTestsOptions,
  readFlow: () => Promise<FlowFile>,
): Promise<TestResult> {
  const begun = realTime.now();
  const frame = { kind: 'test' as const, flow: suite.name, file, name: test?.name ?? name };
  const tookMs = () => Math.round(realTime.now() - begun);
  try {
    if (!test) throw problem ?? errors.TEST_CRASHED({ reason: 'the test could not be read' });
    const recordings = await recordingsOf(suite, test);
    const place = { userDir, palette, ...(ground && { ground }) };
    const outcome = await runApart({ ...(await readFlow()), test, recordings, ...place }, signal);
    const passed = outcome.errors.length === 0 && outcome.expectations.every((each) => each.passed);
    return { ...frame, passed, ...outcome, tookMs: tookMs() };
  } catch (thrown) {
    const { code, message, hint } = toPlainError(asMillraceError(thrown));
    const nothing = { expectations: [], errors: [], virtualMs: 0 };
    return { ...frame, passed: false, ...nothing, broken: { code, message, hint }, tookMs: tookMs() };
  }
}
