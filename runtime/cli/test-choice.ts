/** Which tests `millrace test` runs. */
import { join } from 'node:path';
import { listTests, type Suite, suiteOf, type TestEntry } from '../suites/index.ts';
import { errors } from './errors.ts';
import { everyFlow, flowFile, SHIPPED } from './find-flow.ts';
import type { TestOptions } from './program.ts';

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
