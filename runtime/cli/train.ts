import { MillraceError } from '../base/index.ts';
import {
  type Finding,
  trainingChoices,
  type TrainingReport,
  type TrainRequest,
  type Trial,
} from '../messages/index.ts';
import { columns } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import { evaluationLines } from './evaluation-lines.ts';
import type { TrainOptions } from './learning-program.ts';
import { withLearning } from './open-learning.ts';
import { createProgressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

/**
 * `millrace train`
 *
 * @returns false where it was cancelled
 * @throws DATA_SET_NOT_FOUND, OPTION_INVALID, and what the training ends by
 */
export async function train(dataSet: string, options: TrainOptions, terminal: Terminal): Promise<boolean> {
  const request = requestOf(dataSet, options);
  return await withLearning(options.userDir, async (learning, stopped) => {
    const line = createProgressLine();
    const training = await learning.train(request);
    const unlisten = learning.onChange(({ id, state, progress, step }) => {
      if (id === training.id && state === 'running') line.show(progress, step);
    });
    stopped.addEventListener('abort', () => training.cancel());
    if (stopped.aborted) training.cancel();
    const { state, error, report } = await training.ended;
    unlisten();
    line.clear();
    if (state === 'cancelled') {
      terminal.progress('Cancelled. Nothing was stored.');
      return false;
    }
    if (error) throw new MillraceError(error);
    if (!report) return false;
    if (options.json) terminal.result(JSON.stringify(report));
    else for (const each of reportLines(report, options.alias)) terminal.result(each);
    return true;
  });
}

function requestOf(dataSet: string, options: TrainOptions): TrainRequest {
  const {
    model,
    trainer,
    task,
    settings,
    testBy,
    testShare,
    folds,
    balance,
    calibrate,
    seed,
    seconds,
    embedding,
    alias,
  } = options;
  const choices = Object.entries({ trainer, task, testBy, balance, calibrate, embedding }).filter(
    ([, value]) => value !== undefined,
  );
  const numbers = Object.entries({ testShare, folds, seed, seconds }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, numberOf(name as keyof typeof NUMBERS, text)] as const],
  );
  return {
    ...{ dataSet, model },
    ...(alias !== undefined && { alias }),
    choices: {
      ...Object.fromEntries(choices),
      ...Object.fromEntries(numbers),
      ...(settings !== undefined && { settings: settingsOf(settings) }),
    },
  };
}

/** What each may be, in words. */
const NUMBERS = {
  testShare: 'a number from 0.05 to 0.5',
  folds: 'a whole number from 0 to 20',
  seed: 'a whole number from 0',
  seconds: 'a number of seconds, from 1 to 86400',
} as const;

/** @throws OPTION_INVALID */
function numberOf(name: keyof typeof NUMBERS, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (trainingChoices.shape[name].safeParse(value).success) return value;
  const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw errors.OPTION_INVALID({ option, value: text, expected: NUMBERS[name] });
}

/** `trees=200,depth=4` @throws OPTION_INVALID */
function settingsOf(text: string): Record<string, unknown> {
  return Object.fromEntries(
    text.split(',').map((pair): [string, unknown] => {
      const [name = '', value] = pair.split('=').map((part) => part.trim());
      if (name === '' || value === undefined || value === '') {
        throw errors.OPTION_INVALID({ option: '--settings', value: text, expected: 'NAME=VALUE, with commas between' });
      }
      if (value === 'true' || value === 'false') return [name, value === 'true'];
      return [name, Number.isFinite(Number(value)) ? Number(value) : value];
    }),
  );
}

function reportLines(report: TrainingReport, alias: string | undefined): string[] {
  const { model, dataSet, task, trainer, why, tried, split, evaluation, findings, folds, seconds, difference } = report;
  const reference = `${model.name}@${model.version}`;
  return [
    `${reference}: ${task} by ${trainer.title.toLowerCase()}, learnt "${dataSet.name}" in ${seconds.toFixed(1)} s`,
    `  ${why}`,
    `  ${split}`,
    '',
    ...evaluationLines(evaluation).map((line) => (line === '' ? '' : `  ${line}`)),
    ...(folds ? ['', `  folds       ${show(folds.mean)} ± ${show(folds.deviation)} over ${folds.values.length}`] : []),
    ...(tried.length > 0 ? ['', '  Tried:', ...columns(tried.map(trialCells)).map((line) => `    ${line}`)] : []),
    ...findings.flatMap(findingLines),
    '',
    `Checked row by row against ONNX Runtime (largest difference ${difference.toExponential(1)}).`,
    `Stored as ${reference}${alias === undefined ? '' : `, which is ${alias}`}. Look at it: ${MILLRACE} model show ${reference}`,
  ];
}

const show = (value: number) => value.toFixed(3);

const trialCells = ({ title, score, seconds, problem }: Trial): string[] => [
  ...[title, score === undefined ? '' : show(score), `${seconds.toFixed(1)} s`, problem ?? ''],
];

const findingLines = ({ weight, message, hint }: Finding): string[] => [
  ...['', `  ${weight === 'hint' ? 'Note' : 'Mind'}: ${message}`, `    ${hint}`],
];
