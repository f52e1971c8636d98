import type { ModelProposal } from '../messages/index.ts';
import { columns, showBytes } from './columns.ts';
import { inputLine } from './model-show.ts';

/** What a model file is, for a person. */
export function proposalLines(proposal: ModelProposal): string[] {
  const { name, version, task, because, inputs, outputs, labels, labelsFrom, description, warnings, sample } = proposal;
  const { producer, opsets, bytes, parameters, tier, why, microseconds } = proposal;
  const rows: [string, string | undefined][] = [
    ['task', `${task}. ${because}`],
    ...inputs.map((input): [string, string] => ['takes', inputLine(input)]),
    ...outputs.map((output): [string, string] => ['answers', `"${output.name}": ${output.words}`]),
    ['labels', labels && `${labels.join(', ')} (${labelsFrom ?? ''})`],
    ['made by', `${producer} (${opsets}), ${showBytes(bytes)}, ${parameters} learnt numbers`],
    ['asked', shortened(sample.input)],
    ['answered', sample.problem ? undefined : shortened(sample.prediction)],
    ['runs', tier && `${tier}: ${why ?? ''}${microseconds === undefined ? '' : `; ${microseconds} µs a prediction`}`],
    ['failed', sample.problem && `${sample.problem.code}: ${sample.problem.message}`],
    ...warnings.map((warning): [string, string] => ['check', warning]),
  ];
  return [
    `${name} ${version}`,
    ...(description === undefined ? [] : [`  ${description}`]),
    '',
    ...columns(rows.flatMap(([label, text]) => (text === undefined ? [] : [['', label, text]]))).map(
      (line) => `  ${line}`,
    ),
  ];
}

const LONGEST = 160;

function shortened(value: unknown): string {
  const text =
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' ? Number(each.toPrecision(5)) : each)) ??
    'nothing';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
