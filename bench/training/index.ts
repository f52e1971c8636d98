/** Trainers beside scikit-learn's, each in a process of its own and on one core; and what a training does to the process that asked for it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TRAINERS } from '../../runtime/training/trainers/catalogue.ts';
import { type Aim, median, report, type Row } from '../support/report.ts';
import { run as measureGap } from './gap.ts';
import type { Measured } from './messages.ts';
import { onOneCore } from './one-core.ts';
import { hasScikitLearn, scikitLearn } from './scikit-learn.ts';
import { REFERENCE, SETS } from './sets.ts';

interface Contest {
  readonly trainer: keyof typeof TRAINERS;
  readonly settings?: object;
  /** scikit-learn's model, by the name that its script gives it. */
  readonly against: string;
  readonly note?: string;
  /** Only on sets of this many rows. */
  readonly from?: number;
  readonly aim?: true;
}

const CONTESTS: readonly Contest[] = [
  { trainer: 'gradient-boosting', against: 'gradient-boosting, all rows', aim: true },
  { trainer: 'random-forest', against: 'random-forest', aim: true },
  {
    trainer: 'random-forest',
    settings: { leaf: 1, depth: 64 },
    note: 'leaves of 1 row',
    against: 'random-forest',
    from: 10_000,
    aim: true,
  },
  { trainer: 'logistic-regression', against: 'logistic-regression' },
  { trainer: 'dense-network', against: 'dense-network' },
];

/** The small ones are repeated: the median counts. */
const rounds = (rows: number) => (rows > 10_000 ? 1 : 5);

export async function run(): Promise<void> {
  const compared = await hasScikitLearn();
  if (!compared) console.log('There is no python3-sklearn here: only its known figures stand beside ours.');
  const rows: Row[] = [];
  const aims: Aim[] = [];
  for (const [name, make] of Object.entries(SETS)) {
    const set = make();
    await using other = compared ? await scikitLearn(set) : undefined;
    // By the model: one that stands against two of ours is trained once a round.
    const known = new Map<string, Measured[]>();
    for (const contest of CONTESTS) {
      if (!TRAINERS[contest.trainer] || set.train.rows < (contest.from ?? 0)) continue;
      const ours: Measured[] = [];
      const theirs = known.get(contest.against) ?? [];
      for (let round = 0; round < rounds(set.train.rows); round++) {
        ours.push(await train(name, contest));
        if (other && !known.has(contest.against)) theirs.push(await other.train(contest.against));
      }
      known.set(contest.against, theirs);
      rows.push(rowOf(name, contest, ours, theirs));
      console.log(`${name}, ${titleOf(contest)}: ${of(ours, 'seconds').toFixed(2)} s`);
      if (contest.aim && other) aims.push(aimOf(name, contest, ours, theirs));
    }
  }
  const gap = await measureGap();
  await report('training', rows, aims);
  await report('training-gap', gap.rows, gap.aims);
}

async function train(set: string, { trainer, settings = {} }: Contest): Promise<Measured> {
  const script = join(import.meta.dirname, 'train-process.ts');
  const [command, args] = await onOneCore(process.execPath, [script, set, trainer, JSON.stringify(settings)]);
  const { stdout } = await promisify(execFile)(command, args);
  return JSON.parse(stdout) as Measured;
}

const of = (measured: readonly Measured[], what: 'accuracy' | 'seconds' | 'processorSeconds' | 'peak') =>
  median(measured.map((each) => each[what]));
const titleOf = ({ trainer, note }: Contest) => (note === undefined ? trainer : `${trainer}, ${note}`);

function rowOf(set: string, contest: Contest, ours: readonly Measured[], theirs: readonly Measured[]): Row {
  const known = REFERENCE[`${set} ${contest.trainer}`];
  const shown = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(3)) : '–');
  return {
    set,
    trainer: titleOf(contest),
    accuracy: of(ours, 'accuracy').toFixed(4),
    'scikit-learn': (theirs.length > 0 ? of(theirs, 'accuracy') : (known?.accuracy ?? NaN)).toFixed(4),
    seconds: shown(of(ours, 'seconds')),
    'of it, processor': shown(of(ours, 'processorSeconds')),
    'scikit-learn, s': shown(of(theirs, 'seconds')),
    'its processor, s': shown(of(theirs, 'processorSeconds')),
    'as published, s': known?.seconds ?? '–',
    'peak, MB': Math.round(of(ours, 'peak')),
    'scikit-learn, MB': shown(of(theirs, 'peak')),
    what: ours[0]?.words ?? '',
  };
}

/** By the processor's seconds: what else the machine does meanwhile does not count. */
function aimOf(set: string, contest: Contest, ours: readonly Measured[], theirs: readonly Measured[]): Aim {
  const value = of(ours, 'processorSeconds') / of(theirs, 'processorSeconds');
  return { name: `${titleOf(contest)} on ${set}`, value, unit: '× the time of scikit-learn', op: '<=', target: 1 };
}
