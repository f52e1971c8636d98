import { grouped } from '../../../base/index.ts';
import type { Finding, TruthLabel } from '../../../messages/index.ts';
import type { LoadedExamples } from '../types.ts';

/** Examples that a finding names. */
export const SHOWN = 100;
/** Of different numbers: more are values and not classes. */
const CLASSES = 20;
/** Of a label: fewer say nothing of what else it may look like. */
const FEW = 10;
const UNEVEN = 5;

export const count = (n: number, one: string, many = `${one}s`) => `${grouped(n)} ${n === 1 ? one : many}`;
export const quoted = (labels: readonly TruthLabel[]) => {
  const shown = labels.slice(0, 5).map((label) => (typeof label === 'string' ? `"${label}"` : String(label)));
  return shown.join(', ') + (labels.length > shown.length ? ` and ${labels.length - shown.length} more` : '');
};

/** Rows by label, the largest first; rows without one are left out. */
export function rowsOfLabels({ labels }: Pick<LoadedExamples, 'labels'>): [TruthLabel, number[]][] {
  const found = new Map<TruthLabel, number[]>();
  for (const [row, label] of labels.entries()) {
    if (label === null) continue;
    const rows = found.get(label);
    if (rows) rows.push(row);
    else found.set(label, [row]);
  }
  return [...found].sort((a, b) => b[1].length - a[1].length);
}

/** Whether labels name kinds; many different numbers are values of something. */
export const areClasses = (byLabel: readonly (readonly [TruthLabel, unknown])[]): boolean =>
  byLabel.length <= CLASSES || byLabel.some(([label]) => typeof label === 'string');

/** What is to be said of the labels and their counts. */
export function labelFindings(examples: LoadedExamples): Finding[] {
  const byLabel = rowsOfLabels(examples);
  const ids = (rows: readonly number[]) => rows.slice(0, SHOWN).map((row) => examples.ids[row] as number);
  const found: Finding[] = [];
  const unlabelled = examples.labels.flatMap((label, row) => (label === null ? [row] : []));
  if (unlabelled.length > 0) {
    found.push({
      code: 'UNLABELLED',
      weight: 'hint',
      message:
        byLabel.length === 0
          ? `None of the ${count(examples.rows, 'example')} has a label.`
          : `${count(unlabelled.length, 'example')} of ${grouped(examples.rows)} ${unlabelled.length === 1 ? 'has' : 'have'} no label.`,
      hint:
        byLabel.length === 0
          ? 'A model can learn from them what is usual, and tell what is not. To tell kinds apart, give them labels.'
          : 'They are left out where a model learns to tell labels apart. Choose them in the list and give them one.',
      examples: ids(unlabelled),
    });
  }
  if (byLabel.length === 0 || !areClasses(byLabel)) return found;
  found.push(...similarLabels(byLabel, ids));
  const [largest] = byLabel;
  const smallest = byLabel.at(-1);
  if (!largest || !smallest) return found;
  if (byLabel.length === 1) {
    found.push({
      code: 'ONE_LABEL',
      weight: 'warning',
      message: `Every example is ${quoted([largest[0]])}. To tell things apart, a model must have seen at least two.`,
      hint: 'Collect examples of what it is to be told from, under another label. With one label only, a model can learn what is usual (anomaly).',
    });
    return found;
  }
  const few = byLabel.filter(([, rows]) => rows.length < FEW);
  if (few.length > 0) {
    found.push({
      code: 'TOO_FEW',
      weight: few.some(([, rows]) => rows.length < 2) ? 'stop' : 'warning',
      message: `Few examples: ${few
        .slice(0, 5)
        .map(([label, rows]) => `${quoted([label])} has ${rows.length}`)
        .join(', ')}${few.length > 5 ? ' …' : ''}.`,
      hint: `Collect at least ${FEW} of each label, better 50, in several separate runs: what a model sees once it learns by heart.`,
      examples: ids(few.flatMap(([, rows]) => rows)),
    });
  }
  if (largest[1].length >= UNEVEN * smallest[1].length) {
    const times = Math.round(largest[1].length / smallest[1].length);
    found.push({
      code: 'UNBALANCED',
      weight: 'hint',
      message: `There are ${times} times as many examples of ${quoted([largest[0]])} (${largest[1].length}) as of ${quoted([smallest[0]])} (${smallest[1].length}).`,
      hint: 'Training gives rare labels more weight by itself. More examples of the rare one help more; look at its own figures, not only at the accuracy.',
    });
  }
  return found;
}

/** What remains of a label if case, space, punctuation and the way its letters are encoded do not count. */
const bare = (label: TruthLabel) =>
  String(label)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

function similarLabels(
  byLabel: readonly [TruthLabel, number[]][],
  ids: (rows: readonly number[]) => number[],
): Finding[] {
  const alike = new Map<string, [TruthLabel, number[]][]>();
  for (const each of byLabel) {
    const key = bare(each[0]);
    // Of "+" and "-" nothing would remain.
    if (key !== '') alike.set(key, [...(alike.get(key) ?? []), each]);
  }
  return [...alike.values()].flatMap((same): Finding[] => {
    const [most, ...others] = same;
    // 1.5 and 15 differ by a dot.
    if (!most || others.length === 0 || same.every(([label]) => typeof label === 'number')) return [];
    const texts = same.every(([label]) => typeof label === 'string');
    return [
      {
        code: 'SIMILAR_LABELS',
        weight: 'warning',
        message: `${quoted(same.map(([label]) => label))} are ${same.length === 2 ? 'two labels that' : 'labels that'} differ only in case, spaces or punctuation.`,
        hint: `A model would try to tell them apart. If they mean the same, make all of them ${quoted([most[0]])}.`,
        examples: ids(others.flatMap(([, rows]) => rows)),
        ...(texts && { relabel: { from: others.map(([label]) => String(label)), to: String(most[0]) } }),
      },
    ];
  });
}
