import type { Comparison, Estimate, ModelIdentity } from '../../messages/index.ts';
import type { Answered, AnsweredAnomalies, AnsweredClasses, AnsweredValues } from './answered.ts';
import { areaDifference } from './area-difference.ts';
import { spread, sum } from './estimates.ts';
import { indexGroups, sumByGroup } from './group-index.ts';
import { likeliest } from './likeliest.ts';
import { signTest } from './sign-test.ts';

/** The answers of one model. */
export interface Contestant<A extends Answered = Answered> {
  readonly model: ModelIdentity;
  readonly answered: A;
}

/**
 * Champion against challenger on the same rows, row by row. The verdict is `no difference` unless the 95 % interval of the
 * difference leaves 0 out; of few rows on which they differ, the sign test must agree.
 *
 * @throws {RangeError} if they were not asked the same rows for the same task
 */
export function compare(champion: Contestant, challenger: Contestant): Comparison {
  const [ours, theirs] = [champion.answered, challenger.answered];
  if (ours.task !== theirs.task || ours.rows !== theirs.rows) {
    throw new RangeError(`${ours.task} of ${ours.rows} rows beside ${theirs.task} of ${theirs.rows}`);
  }
  const { difference, sure, unit } = judge(ours, theirs);
  const apart = sure && (difference.low > 0 || difference.high < 0);
  const verdict = !apart ? 'no difference' : difference.value > 0 ? 'better' : 'worse';
  const words = inWords(difference, verdict, unit, ours.rows);
  return { champion: champion.model, challenger: challenger.model, difference, verdict, words };
}

interface Unit {
  /** Before the figures: `` or `R² `. */
  readonly of: string;
  readonly scale: number;
  readonly digits: number;
  readonly name: string;
}
const POINTS: Unit = { of: '', scale: 100, digits: 1, name: ' points' };
const R2: Unit = { of: 'R² ', scale: 1, digits: 3, name: '' };
const FEWER_ALARMS: Unit = { of: 'false alarms ', scale: 100, digits: 1, name: ' points' };

interface Judged {
  readonly difference: Estimate;
  readonly sure: boolean;
  readonly unit: Unit;
}

function judge(ours: Answered, theirs: Answered): Judged {
  if (ours.task === 'classification') return classes(ours, theirs as AnsweredClasses);
  if (ours.task === 'regression') return values(ours, theirs as AnsweredValues);
  return anomalies(ours, theirs as AnsweredAnomalies);
}

/** @returns 1 where the model is right, a row each; the challenger may know other classes */
const rightOf = (answered: AnsweredClasses) =>
  Int8Array.from({ length: answered.rows }, (_, row) => (likeliest(answered, row) === answered.actual[row] ? 1 : 0));

function classes(ours: AnsweredClasses, theirs: AnsweredClasses): Judged {
  const [before, after] = [rightOf(ours), rightOf(theirs)];
  const gains = before.map((right, row) => (after[row] as number) - right);
  return { difference: meanDifference(ours, (row) => gains[row] as number), sure: signTest(gains), unit: POINTS };
}

function values(ours: AnsweredValues, theirs: AnsweredValues): Judged {
  const { actual, rows } = ours;
  const mean = sum(actual) / rows;
  const around = actual.reduce((total, value) => total + (value - mean) ** 2, 0) / rows || 1;
  const error = (row: number) => ((ours.predicted[row] as number) - (actual[row] as number)) ** 2;
  const other = (row: number) => ((theirs.predicted[row] as number) - (actual[row] as number)) ** 2;
  const difference = meanDifference(ours, (row) => (error(row) - other(row)) / around);
  return { difference, sure: true, unit: R2 };
}

function anomalies(ours: AnsweredAnomalies, theirs: AnsweredAnomalies): Judged {
  const areas = areaDifference(ours, theirs);
  if (areas) return { difference: areas, sure: true, unit: POINTS };
  const alarm = (answered: AnsweredAnomalies, row: number) =>
    (answered.scores[row] as number) > answered.threshold ? 1 : 0;
  const gains = Int8Array.from({ length: ours.rows }, (_, row) => alarm(ours, row) - alarm(theirs, row));
  const difference = meanDifference(ours, (row) => gains[row] as number);
  return { difference, sure: signTest(gains), unit: FEWER_ALARMS };
}

/** Mean over the rows, with the wider of two intervals: groups as what varies, and rows. */
function meanDifference({ rows, groups }: Answered, gainOf: (row: number) => number): Estimate {
  const index = indexGroups(groups);
  const gains = Float64Array.from({ length: rows }, (_, row) => gainOf(row));
  const value = sum(gains) / Math.max(1, rows);
  const byGroup = sumByGroup(index, (row) => ((gains[row] as number) - value) / rows);
  const byRow = gains.map((gain) => (gain - value) / rows);
  const half = Math.max(spread(byGroup), spread(byRow));
  return { value, low: value - half, high: value + half };
}

function inWords({ value, low, high }: Estimate, verdict: Comparison['verdict'], unit: Unit, rows: number): string {
  const show = (figure: number) => (figure * unit.scale).toFixed(unit.digits);
  const amount = `${unit.of}by ${show(Math.abs(value))} ± ${show((high - low) / 2)}${unit.name}`;
  if (verdict !== 'no difference') return `${verdict} ${amount}`;
  const signed = `${value < 0 ? '−' : ''}${show(Math.abs(value))} ± ${show((high - low) / 2)}${unit.name}`;
  return `no difference that ${rows} examples can show (${unit.of}${signed})`;
}
