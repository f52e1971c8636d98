import { showTime } from '../flow-test/index.ts';
import type { ExpectationResult, TestResult, TestSummary } from '../messages/index.ts';
import type { ModelResult } from './bundle-vectors.ts';
import { showCount } from './data-lines.ts';
import { type Paints, paints } from './paints.ts';

/** What became of a test, for a person. */
export function resultLines(result: TestResult, colour: boolean): string[] {
  const colours = paints(colour);
  const { good, bad, faint } = colours;
  const { name, file, passed, expectations, errors, broken, virtualMs, tookMs } = result;
  const times = broken ? '' : faint(`  ${showTime(virtualMs)} in ${showTime(tookMs)}`);
  const head = `  ${passed ? good('✓') : bad('✗')} ${name}${times}`;
  if (passed) return [head];
  const reasons = broken
    ? [
        ...broken.message.split('\n').map((line, index) => (index === 0 ? `${broken.code}: ${line}` : line)),
        faint(broken.hint),
      ]
    : [
        ...expectations.filter((each) => !each.passed).flatMap((each) => differenceLines(each, colours)),
        ...errors.map(({ name, code, message, count }) =>
          bad(
            `! ${name === '' ? 'no node' : name} reported ${code}: ${message}${count > 1 ? ` (${count} times)` : ''}`,
          ),
        ),
      ];
  return [head, faint(`    ${file}`), ...reasons.map((line) => `    ${line}`)];
}

function differenceLines({ expectation, difference = [] }: ExpectationResult, { good, bad }: Paints): string[] {
  if (difference.length === 0) return [bad(`✗ ${expectation}`)];
  // As in a diff: what should have been there is missing, what is there was not expected.
  return difference.map((line) => (line.startsWith('-') ? bad(line) : line.startsWith('+') ? good(line) : line));
}

/** Whether a model answers here as it did where it was made, for a person. */
export function modelResultLines({ model, passed, vectors = 0, error }: ModelResult, colour: boolean): string[] {
  const { good, bad, faint } = paints(colour);
  const asked = vectors === 0 ? 'it has no test vectors' : showCount(vectors, 'test vector');
  if (passed) return [`  ${good('✓')} ${model}${faint(`  ${asked}`)}`];
  return [
    `  ${bad('✗')} ${model}`,
    `    ${error?.code ?? ''}: ${error?.message ?? ''}`,
    `    ${faint(error?.hint ?? '')}`,
  ];
}

/** The last line of a run. */
export function summaryLine({ passed, failed, tookMs }: TestSummary, results: readonly TestResult[], colour: boolean) {
  const { good, bad, faint } = paints(colour);
  const virtualMs = results.reduce((sum, result) => sum + result.virtualMs, 0);
  const counts = [...(failed > 0 ? [bad(`${failed} failed`)] : []), ...(passed > 0 ? [good(`${passed} passed`)] : [])];
  const times = `${virtualMs > 0 ? `${showTime(virtualMs)} of the flows' time ` : ''}in ${showTime(tookMs)}`;
  return `\n${counts.join(', ')}${faint(`  ${times}`)}`;
}
