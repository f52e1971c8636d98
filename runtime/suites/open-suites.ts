import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../base/index.ts';
import { errors } from './errors.ts';
import { findRecording, listRecordings } from './find-recordings.ts';
import { listTests } from './list-tests.ts';
import { recordingFile, recordingName, testFile } from './names.ts';
import { checkTest } from './parse-test.ts';
import { runSuite } from './run-suite.ts';
import { suiteOf } from './suite-of.ts';
import type { Suites, SuitesOptions } from './types.ts';

/** The tests of every flow that this user directory runs. Nothing is made before something is written. */
export function openSuites(options: SuitesOptions): Suites {
  const { userDir } = options;
  const suite = (flow: string) => suiteOf(flow, options);
  const ownFolder = (flow: string) => suite(flow).folders.find(({ owner }) => owner === 'user')?.folder ?? '';

  const find = async (flow: string, name: string) => {
    const entries = await listTests(suite(flow));
    const entry = entries.find((each) => each.name === name);
    if (entry) return entry;
    throw errors.TEST_MISSING({ test: name, flow: suite(flow).name, known: entries.map((each) => each.name) });
  };

  return {
    nameOf: (flow) => suite(flow).name,
    list: (flow) => listTests(suite(flow)),
    async read(flow, name) {
      const { test, problem } = await find(flow, name);
      if (test) return test;
      throw problem ?? errors.TEST_MISSING({ test: name, flow, known: [] });
    },
    async write(flow, name, value) {
      const file = testFile(ownFolder(flow), name);
      const test = checkTest(value, () => file);
      // As it was given: defaults that are not said stay unsaid.
      await writeWhole(file, `${JSON.stringify(value, null, 2)}\n`);
      return { name, file, owner: 'user', test };
    },
    async remove(flow, name) {
      const { file, owner } = await find(flow, name);
      if (owner !== 'user') throw errors.TEST_SHIPPED({ file });
      await rm(file, { force: true });
    },
    recordings: (flow) => listRecordings(suite(flow)),
    readRecording: async (flow, name) => await readFile(await findRecording(suite(flow), name)),
    async writeRecording(flow, name, bytes) {
      const folder = ownFolder(flow);
      const file = recordingFile(folder, name);
      // It would be taken for a test.
      if (file.endsWith('.json')) throw errors.TEST_NAME_UNFIT({ name });
      await writeWhole(file, bytes);
      return { name: recordingName(folder, file), file, owner: 'user', bytes: bytes.byteLength };
    },
    async removeRecording(flow, name) {
      const file = await findRecording(suite(flow), name);
      if (file !== recordingFile(ownFolder(flow), name)) throw errors.TEST_SHIPPED({ file });
      await rm(file, { force: true });
    },
    run: (flow, run = {}) => runSuite(suite(flow).file, userDir, run),
  };
}

/** A crash leaves no half of it. @throws TEST_UNWRITABLE */
async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${newId()}.draft`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, content);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw errors.TEST_UNWRITABLE({ file, reason: (error as Error).message }, { cause: error });
  }
}
