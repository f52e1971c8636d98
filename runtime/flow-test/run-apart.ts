import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asMillraceError, MillraceError } from '../base/index.ts';
import { startProcess, workerUrl } from '../workers/index.ts';
import { errors } from './errors.ts';
import { showTime } from './expectations/show-value.ts';
import { runLimit, stallLimit } from './limits.ts';
import type { ChildMessage, Outcome, TestRequest } from './request.ts';
import { realTime } from './time/real-time.ts';

const CHILD = fileURLToPath(workerUrl(import.meta.url, 'child'));

/** Without a word from the process for so much longer (ms), its event loop does not turn any more. */
const SILENCE = 2_000;

/**
 * Runs one test in a process of its own, so that its time is virtual, its state fresh, and it may hang or crash.
 *
 * @throws what the test is broken by; TEST_STALLED, TEST_TOO_LONG, TEST_CRASHED
 */
export async function runApart(request: Omit<TestRequest, 'directory'>, signal?: AbortSignal): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  try {
    return await inChild({ ...request, directory }, signal);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function inChild(request: TestRequest, signal: AbortSignal | undefined): Promise<Outcome> {
  let outcome: Outcome | undefined;
  let failure: MillraceError | undefined;
  let heard = realTime.now();
  let virtualMs = 0;
  const begun = heard;

  const child = await startProcess({
    name: 'the flow under test',
    command: process.execPath,
    args: [...process.execArgv, '--disable-warning=ExperimentalWarning', CHILD],
    // The same hours of the day wherever the test runs.
    env: { TZ: 'UTC' },
    onMessage(received) {
      const message = received as ChildMessage;
      heard = realTime.now();
      if (message.kind === 'outcome') outcome = message.outcome;
      else if (message.kind === 'broken') failure = new MillraceError(message.error);
      else {
        virtualMs = message.virtualMs;
        if (message.stalledMs > stallLimit.value)
          stop(stalled(message.stalledMs, virtualMs, message.doing), stallLimit);
      }
    },
  });
  const stop = (reason: MillraceError, limit?: { cost(): void }) => {
    if (failure || outcome) return;
    limit?.cost();
    failure = reason;
    void child.end(0);
  };
  const watch = setInterval(() => {
    const silent = realTime.now() - heard;
    const took = realTime.now() - begun;
    if (silent > stallLimit.value + SILENCE) stop(stalled(silent, virtualMs, 'a node does not return'), stallLimit);
    else if (took > runLimit.value) {
      stop(errors.TEST_TOO_LONG({ seconds: Math.round(took / 1000), virtual: showTime(virtualMs) }), runLimit);
    }
  }, 500);
  const giveUp = () => stop(asMillraceError(signal?.reason));
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted) giveUp();
  try {
    child.send(request);
    const { code, signal: by, output } = await child.ended;
    if (failure) throw failure;
    if (outcome) return outcome;
    const how = by === undefined ? `exit code ${code}` : `signal ${by}`;
    const last = output.trim().split('\n').slice(-LINES).join('\n');
    throw errors.TEST_CRASHED({ reason: last === '' ? how : `${how}; it wrote:\n${last}` });
  } finally {
    clearInterval(watch);
    signal?.removeEventListener('abort', giveUp);
  }
}

/** Of what a crashed process wrote. */
const LINES = 8;

const stalled = (ms: number, virtualMs: number, doing: string): MillraceError =>
  errors.TEST_STALLED({ seconds: Math.round(ms / 1000), virtual: showTime(virtualMs), doing });
