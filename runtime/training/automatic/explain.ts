import type { LearningTask } from '../../messages/index.ts';
import type { Tried } from './choose-trainer.ts';

/** A title in the middle of a sentence: names of people stay what they are. */
export const inSentence = (title: string) =>
  /^(Mahalanobis|Gaussian|[A-Z0-9]-)/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);

const percent = (share: number, digits = 1) => (share * 100).toFixed(digits);

const FIGURES: Readonly<Record<LearningTask, (score: number, alike: boolean) => string>> = {
  classification: (score, alike) =>
    `${percent(score)} % right in cross-validation${alike ? ' with every label counted alike' : ''}`,
  regression: (score) => `R² ${score.toFixed(3)} in cross-validation`,
  anomaly: (score) => `it ranks ${percent(score)} % of anomalies above normal examples in cross-validation`,
};

const DIFFERENCES: Readonly<Record<LearningTask, (apart: number) => string>> = {
  classification: (apart) => `${percent(apart)} points`,
  regression: (apart) => `R² ${apart.toFixed(3)}`,
  anomaly: (apart) => `${percent(apart)} points`,
};

export interface Explained {
  readonly task: LearningTask;
  readonly taken: Required<Tried>;
  /** The highest score, which may be another. */
  readonly best: Required<Tried>;
  /** All that have one, the simplest first. */
  readonly scored: readonly Required<Tried>[];
  readonly timeWasOver: boolean;
  /** Every label counts as much as any other. */
  readonly alike: boolean;
}

/** One sentence: why this trainer. */
export function explain({ task, taken, best, scored, timeWasOver, alike }: Explained): string {
  const figure = `${taken.trainer.title}: ${FIGURES[task](taken.result.mean, alike)}`;
  const end = timeWasOver ? '; the time allowed was over before everything was tried.' : '.';
  const apart = (other: Required<Tried>) => DIFFERENCES[task](Math.abs(taken.result.mean - other.result.mean));
  const low = (other: Required<Tried>) => inSentence(other.trainer.title);
  if (taken !== best) {
    return `${figure}; ${low(best)} is ${apart(best)} better, which may be chance, and the simpler one is taken${end}`;
  }
  const others = scored.filter((each) => each !== taken).sort((a, b) => b.result.mean - a.result.mean);
  const [next] = others;
  if (!next) return `${figure}; nothing else could be tried${end}`;
  const ahead = taken.result.mean - next.result.mean;
  // With the simplest there is most to compare: whether it was worth more.
  const [simplest] = scored;
  const than = simplest && simplest !== taken ? simplest : next;
  if (ahead === 0 && than === next) return `${figure}, as good as ${low(next)} and simpler${end}`;
  return `${figure}, ${apart(than)} better than ${low(than)}${end}`;
}
