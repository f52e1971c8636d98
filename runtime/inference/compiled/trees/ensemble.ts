import type { Step } from '../graph/step.ts';
import type { Slot } from '../graph/value.ts';
import { type AggregateName, aggregateFor, type Scores } from './aggregate.ts';
import { type Forest, layOut } from './forest.ts';
import { tableOf } from './leaf-table.ts';
import type { Tree } from './tree.ts';
import { carefulWalk, createWalk, holdsMissing, type Walk } from './walk.ts';
import { wasmSum } from './wasm-walk.ts';

/** Base values, post-transform, label: what makes the sums of the leaves to answers. */
export type Finish = (scores: Scores) => (rows: number) => void;

interface EnsembleParts {
  readonly input: Slot;
  readonly trees: readonly Tree[];
  readonly targets: number;
  readonly aggregate: AggregateName;
  readonly writes: readonly Slot[];
  readonly finish: Finish;
  /** Added to each score. */
  readonly base: ArrayLike<number>;
  /** Two classes of which leaves speak of one only: the score of the other is its opposite. */
  readonly oneSided: boolean;
}

/** Walks each row down each tree and adds up what the leaves give. */
export class Ensemble implements Step {
  readonly reads: readonly Slot[];
  readonly writes: readonly Slot[];
  readonly trees: readonly Tree[];
  readonly targets: number;
  readonly aggregate: AggregateName;
  readonly base: ArrayLike<number>;
  readonly oneSided: boolean;
  private readonly forest: Forest;
  private readonly finish: Finish;

  constructor({ input, trees, targets, aggregate, writes, finish, base, oneSided }: EnsembleParts) {
    this.reads = [input];
    this.writes = writes;
    this.trees = trees;
    this.targets = targets;
    this.aggregate = aggregate;
    this.finish = finish;
    this.base = base;
    this.oneSided = oneSided;
    this.forest = layOut(trees, input.precision);
  }

  get cost(): number {
    return this.forest.steps;
  }

  get words(): string {
    return this.trees.length === 1 ? '1 tree' : `${this.trees.length} trees`;
  }

  link(): (rows: number) => void {
    const { forest, targets, aggregate: name } = this;
    const [input] = this.reads as [Slot];
    const { precision, width, array } = input;
    const block = array.length / width;
    const trees = forest.roots.length;
    const table = tableOf(forest.leaves, targets, precision);
    const values = precision === 'float32' ? new Float32Array(block * targets) : new Float64Array(block * targets);
    const scores: Scores = { values, given: new Uint8Array(block * targets), targets };
    const aggregate = aggregateFor(name, targets);
    const finish = this.finish(scores);
    const adds = name === 'SUM' || name === 'AVERAGE';
    const quick = adds && array instanceof Float32Array ? wasmSum(forest, table, scores, array, width) : undefined;
    // Made when it is needed: beside the quick one that is where values are missing.
    let walk: Walk | undefined;
    const slow = (rows: number) => {
      walk ??= (quick ? carefulWalk : createWalk)(forest, array, width);
      aggregate(walk(rows), trees, rows, table, scores);
    };
    return (rows) => {
      if (quick && !(forest.tracksMissing && holdsMissing(array, rows * width))) quick(rows);
      else slow(rows);
      finish(rows);
    };
  }
}
