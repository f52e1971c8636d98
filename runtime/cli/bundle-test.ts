import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../base/index.ts';
import {
  checkUnpacked,
  flowOf,
  FUNCTION_MODULES,
  installPackages,
  linkPackages,
  modelsOf,
  type OpenBundle,
  removeBundle,
  unpackBundle,
} from '../bundle/index.ts';
import { runTests } from '../flow-test/index.ts';
import type { TestResult, TestSummary } from '../messages/index.ts';
import { listTests, type Suite } from '../suites/index.ts';
import type { BundleTestOptions } from './bundle-read-program.ts';
import { checkVectors, type ModelResult } from './bundle-vectors.ts';
import { plainSettings } from './plain-settings.ts';
import { stopOnSignal } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { modelResultLines, resultLines, summaryLine } from './test-lines.ts';

/**
 * `millrace bundle test`: its models' vectors, then its tests, on what it brings and nothing else.
 *
 * @returns whether all passed
 * @throws what is wrong with the bundle
 */
export async function testBundle(path: string, options: BundleTestOptions, terminal: Terminal): Promise<boolean> {
  const begun = systemClock.monotonic();
  const stop = stopOnSignal();
  const place = await mkdtemp(join(tmpdir(), 'millrace-bundle-'));
  try {
    const bundle = await whole(path, place);
    await installPackages(bundle);
    const models: ModelResult[] = [];
    for await (const result of checkVectors(bundle)) {
      if (stop.aborted) return false;
      models.push(result);
      const lines = () => modelResultLines(result, terminal.resultColour).join('\n');
      terminal.result(options.json ? JSON.stringify(result) : lines());
    }
    const tests: TestResult[] = [];
    for await (const result of await testsOf(bundle, place, options, stop)) {
      if (stop.aborted) return false;
      tests.push(result);
      const lines = () => resultLines(result, terminal.resultColour).join('\n');
      terminal.result(options.json ? JSON.stringify(told(result)) : lines());
    }
    const passed = [...models, ...tests].filter((result) => result.passed).length;
    const failed = models.length + tests.length - passed;
    const tookMs = Math.round(systemClock.monotonic() - begun);
    const summary: TestSummary = { kind: 'summary', passed, failed, tookMs };
    terminal.result(options.json ? JSON.stringify(summary) : summaryLine(summary, tests, terminal.resultColour));
    return failed === 0;
  } finally {
    await removeBundle(place);
  }
}

/** Where it was unpacked, it is tested there. */
async function whole(path: string, place: string): Promise<OpenBundle> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? await checkUnpacked(path) : await unpackBundle(path, join(place, 'bundle'));
}

async function testsOf(
  bundle: OpenBundle,
  place: string,
  { userDir }: BundleTestOptions,
  signal: AbortSignal,
): Promise<AsyncGenerator<TestResult, void>> {
  const { source, manifest } = bundle;
  // The flow as one file, as tests know it.
  const file = join(place, 'flow.json');
  await writeFile(file, JSON.stringify(await flowOf(bundle)));
  const suite: Suite = { name: manifest.name, file, folders: [{ owner: 'flow', folder: join(source, 'tests') }] };
  const { layer, pins } = await modelsOf(bundle);
  Object.assign(process.env, await plainSettings(manifest.settings, userDir));
  return runTests({
    ...{ suite, signal, tests: await listTests(suite) },
    // Its own packages.
    userDir: await linkPackages(bundle, join(place, 'packages')),
    ground: {
      // An alias that was left to the device means what it means there.
      models: [...(layer === undefined ? [] : [layer]), join(userDir, 'millrace', 'models')],
      recordings: [join(source, 'recordings')],
      pins,
      functionModules: manifest.needs.allowed.includes(FUNCTION_MODULES),
    },
  });
}

/** With a word on why, for whoever reads only that. */
function told(result: TestResult): TestResult & { readonly error?: { readonly message: string } } {
  if (result.passed) return result;
  const unmet = result.expectations.find(({ passed }) => !passed)?.expectation;
  const message = result.broken?.message ?? unmet ?? result.errors[0]?.message ?? 'it failed';
  return { ...result, error: { message } };
}
