import { evaluationLines } from './evaluation-lines.ts';
import type { EvaluateOptions } from './learning-program.ts';
import { withLearning } from './open-learning.ts';
import type { Terminal } from './terminal.ts';

/**
 * `millrace evaluate`
 *
 * @returns false where it was cancelled
 * @throws MODEL_NOT_FOUND, DATA_SET_NOT_FOUND, EVALUATION_…, or what inference says of the examples
 */
export async function evaluate(
  model: string,
  dataSet: string,
  options: EvaluateOptions,
  terminal: Terminal,
): Promise<boolean> {
  const { challenger } = options;
  return await withLearning(options.userDir, async (learning, stopped) => {
    stopped.addEventListener('abort', () => void learning.close());
    const report = await learning
      .evaluate({ model, dataSet, ...(challenger !== undefined && { challenger }) })
      .catch((thrown: unknown) => {
        if (!stopped.aborted) throw thrown;
        return undefined;
      });
    if (!report) {
      terminal.progress('Cancelled.');
      return false;
    }
    if (options.json) {
      terminal.result(JSON.stringify(report));
      return true;
    }
    const say = (lines: readonly string[]) => lines.forEach((line) => terminal.result(line === '' ? '' : `  ${line}`));
    const name = ({ name: own, version }: { name: string; version: string }) => `${own}@${version}`;
    terminal.result(`${name(report.model)} on "${report.dataSet}"`);
    say([report.words, '', ...evaluationLines(report.evaluation)]);
    if (!report.challenger) return true;
    terminal.result('');
    terminal.result(`${name(report.challenger.model)} on the same examples`);
    say(['', ...evaluationLines(report.challenger.evaluation)]);
    terminal.result('');
    terminal.result(
      `${name(report.challenger.model)} beside ${name(report.model)}: ${report.challenger.comparison.words}`,
    );
    return true;
  });
}
