import { writeFile } from 'node:fs/promises';
import { systemClock } from '../base/index.ts';
import { runTests } from '../flow-test/index.ts';
import type { TestResult, TestSummary } from '../messages/index.ts';
import type { Suite } from '../suites/index.ts';
import { errors } from './errors.ts';
import type { TestOptions } from './program.ts';
import { stopOnSignal } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { type Chosen, chooseTests } from './test-choice.ts';
import { junit } from './test-junit.ts';
import { resultLines, summaryLine } from './test-lines.ts';
import { watchFiles } from './test-watch.ts';

/**
 * `millrace test`
 *
 * @returns whether all passed
 * @throws FLOW_UNKNOWN, TEST_UNKNOWN, NO_TESTS
 */
export async function test(flows: readonly string[], options: TestOptions, terminal: Terminal): Promise<boolean> {
  const stop = stopOnSignal();
  const runAll = async (chosen: readonly Chosen[]): Promise<boolean> => {
    const begun = systemClock.monotonic();
    const results: TestResult[] = [];
    for (const { suite, tests } of chosen) {
      if (!options.json) terminal.result(`${suite.name}`);
      for await (const result of runTests({ suite, tests, userDir: options.userDir, signal: stop })) {
        if (stop.aborted) break;
        results.push(result);
        terminal.result(options.json ? JSON.stringify(result) : resultLines(result, terminal.resultColour).join('\n'));
      }
    }
    const passed = results.filter((result) => result.passed).length;
    const tookMs = Math.round(systemClock.monotonic() - begun);
    const summary: TestSummary = { kind: 'summary', passed, failed: results.length - passed, tookMs };
    terminal.result(options.json ? JSON.stringify(summary) : summaryLine(summary, results, terminal.resultColour));
    if (options.junit !== undefined) await writeJunit(options.junit, junit(results));
    return summary.failed === 0 && !stop.aborted;
  };

  const chosen = await chooseTests(flows, options);
  if (!options.watch) return await runAll(chosen);
  let passed = await runAll(chosen);
  terminal.progress(WATCHING);
  for await (const changed of watchFiles(
    chosen.flatMap(({ suite }) => watched(suite)),
    stop,
  )) {
    const again = await chooseTests(flows, options).catch((error: unknown) => {
      // While files are being written nothing may be there.
      terminal.progress(String(error));
      return [];
    });
    const touched = again.map((each) => touchedBy(each, changed)).filter(({ tests }) => tests.length > 0);
    if (touched.length === 0) continue;
    passed = await runAll(touched);
    terminal.progress(WATCHING);
  }
  return passed;
}

const WATCHING = 'Waiting for a change of a flow, a test or a recording. Ctrl-C ends.';

/** A change of the flow or of a recording concerns every test, a change of a test only that one. */
function touchedBy({ suite, tests }: Chosen, changed: ReadonlySet<string>): Chosen {
  const files = new Set(tests.map(({ file }) => file));
  const own = [...changed].filter((file) => watched(suite).some((place) => file === place || file.startsWith(place)));
  const all = own.some((file) => !files.has(file));
  return { suite, tests: all ? tests : tests.filter(({ file }) => changed.has(file)) };
}

const watched = ({ file, folders }: Suite): string[] => [file, ...folders.map(({ folder }) => folder)];

async function writeJunit(file: string, xml: string): Promise<void> {
  await writeFile(file, xml).catch((error: Error) => {
    throw errors.REPORT_UNWRITABLE({ file, reason: error.message }, { cause: error });
  });
}
