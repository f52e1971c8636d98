/** Which tests `millrace test` runs. */
import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flowName, listTests, type Suite, suiteOf, type TestEntry } from '../suites/index.ts';
import { errors } from './errors.ts';
import type { TestOptions } from './program.ts';

/** The folder of the flows that come with Millrace, as `NAME/flow.json` and `NAME/tests/`. */
const SHIPPED = fileURLToPath(new URL('../../flows', import.meta.url));

/** A flow with those of its tests that were asked for. */
export interface Chosen {
  readonly suite: Suite;
  readonly tests: readonly TestEntry[];
}

/** @throws FLOW_UNKNOWN, TEST_UNKNOWN, NO_TESTS */
export async function chooseTests(
  flows: readonly string[],
  { userDir, test: names = [] }: TestOptions,
): Promise<Chosen[]> {
  const files =
    flows.length > 0 ? await Promise.all(flows.map((flow) => flowFile(flow, userDir))) : await everyFlow(userDir);
  const suites = files.map((file) => suiteOf(file, { userDir, shipped: SHIPPED }));
  const all = await Promise.all(suites.map(async (suite) => ({ suite, tests: await listTests(suite) })));
  const known = all.flatMap(({ tests }) => tests);
  const unknown = names.find((name) => !known.some((entry) => isCalled(entry, name)));
  const withTests = all.filter(({ tests }) => tests.length > 0);
  const bare = all.findIndex(({ tests }) => tests.length === 0);
  if (withTests.length === 0 || (flows.length > 0 && bare >= 0)) {
    const { name, folders } = suites[bare] ?? suiteOf(join(userDir, 'flows', 'pump.json'), { userDir });
    const own = folders.filter(({ owner }) => owner !== 'shipped').map(({ folder }) => folder);
    throw errors.NO_TESTS({ flow: name, command: flows[bare] ?? name, folders: own });
  }
  if (unknown !== undefined) throw errors.TEST_UNKNOWN({ test: unknown, known: known.map(({ name }) => name) });
  if (names.length === 0) return withTests;
  return withTests
    .map(({ suite, tests }) => ({ suite, tests: tests.filter((entry) => names.some((name) => isCalled(entry, name))) }))
    .filter(({ tests }) => tests.length > 0);
}

const isCalled = ({ name, test: found }: TestEntry, wanted: string) => name === wanted || found?.name === wanted;

/** The user's copy of a flow that came with Millrace, that flow, or a file. */
async function flowFile(flow: string, userDir: string): Promise<string> {
  const copy = join(userDir, 'flows', `${flow}.json`);
  const shipped = join(SHIPPED, flow, 'flow.json');
  if (/^[\w-]+$/.test(flow)) {
    if (existsSync(copy)) return copy;
    if (existsSync(shipped)) return shipped;
  }
  const file = resolve(flow);
  const inside = join(file, 'flow.json');
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory() && existsSync(inside)) return inside;
  if (found?.isFile()) return file;
  const isFolder = found?.isDirectory() ?? false;
  throw errors.FLOW_UNKNOWN({ flow, looked: file, isFolder, known: (await everyFlow(userDir)).map(flowName) });
}

/** Flows of the user directory, then those that came with Millrace and of which there is no copy. */
async function everyFlow(userDir: string): Promise<string[]> {
  const adopted = join(userDir, 'flows.json');
  const own = (await readdir(join(userDir, 'flows')).catch(() => []))
    .filter((name) => /^[^.].*\.json$/.test(name) && !name.endsWith('_cred.json'))
    .map((name) => join(userDir, 'flows', name));
  const names = new Set(own.map(flowName));
  const shipped = (await readdir(SHIPPED).catch(() => []))
    .filter((name) => !names.has(name) && existsSync(join(SHIPPED, name, 'flow.json')))
    .map((name) => join(SHIPPED, name, 'flow.json'));
  return [...(existsSync(adopted) ? [adopted] : []), ...own, ...shipped];
}
