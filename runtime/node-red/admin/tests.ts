import { resolve } from 'node:path';
import { defineLimit, toPlainError } from '../../base/index.ts';
import { nameRequest, runTestsRequest, saveTestRequest, type TestsAnswer } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { errors } from '../errors.ts';
import type { Red } from '../red.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';

const recordingBytes = defineLimit(
  'test_recording_bytes',
  64 * 1024 ** 2,
  'Recordings that were not put beside a test because they are larger',
);

/** The tests of the flow that runs: listed, kept, run. */
export function serveTests(routes: AdminRoutes, { settings }: Red, { suites, recordings }: Services): void {
  /** Node-RED's own default name. */
  const flow = () => resolve(settings.userDir ?? '.', settings.flowFile ?? 'flows.json');

  routes.on('get', '/tests', 'flows.read', async (): Promise<TestsAnswer> => {
    const [tests, kept] = await Promise.all([suites.list(flow()), suites.recordings(flow())]);
    return {
      flow: suites.nameOf(flow()),
      tests: tests.map(({ name, owner, test, problem }) => ({
        ...{ name, owner },
        ...(test && { test }),
        ...(problem && { problem: toPlainError(problem) }),
      })),
      recordings: kept.map(({ name }) => name),
    };
  });

  routes.on('post', '/tests', 'flows.write', async ({ body }) => {
    const { name, test, recordings: played } = parseRequest(saveTestRequest, body);
    for (const [file, recording] of Object.entries(played)) await keepBeside(file, recording);
    await suites.write(flow(), name, test);
    return {};
  });
  routes.on('post', '/tests/remove', 'flows.write', async ({ body }) => {
    await suites.remove(flow(), parseRequest(nameRequest, body).name);
    return {};
  });
  // It starts a process, but changes nothing: still not for somebody who may only look.
  routes.on('post', '/tests/run', 'flows.write', ({ body, gone }) => {
    const { names } = parseRequest(runTestsRequest, body);
    return withError(suites.run(flow(), { names, signal: gone }));
  });

  /** A test has its recording beside it, so that both can be copied together. */
  const keepBeside = async (file: string, recording: string) => {
    const { bytes } = await recordings.read(recording);
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of bytes) {
      size += piece.byteLength;
      if (size > recordingBytes.value) {
        recordingBytes.cost();
        throw errors.TEST_RECORDING_TOO_LARGE({ recording, limit: recordingBytes.value });
      }
      pieces.push(piece);
    }
    await suites.writeRecording(flow(), file, Buffer.concat(pieces));
  };
}

/** The head of the answer has been sent when a run fails: what is wrong is its last line. */
async function* withError(lines: AsyncIterable<unknown>): AsyncGenerator {
  try {
    yield* lines;
  } catch (error) {
    yield { kind: 'error', ...toPlainError(error) };
  }
}
