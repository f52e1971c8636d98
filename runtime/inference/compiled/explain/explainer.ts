import type { CompiledModel } from '../compiled-model.ts';
import type { Step } from '../graph/step.ts';
import type { Rows, Slot } from '../graph/value.ts';
import { Dense } from '../steps/dense.ts';
import { Ensemble } from '../trees/ensemble.ts';
import { explainLinear } from './linear.ts';
import { explainTrees } from './trees.ts';

interface Named {
  readonly rows: Rows;
}

/**
 * Explains the first output of numbers. Undefined: the model has several inputs, or is neither linear nor made of trees that
 * are added up.
 */
export function explainer(
  inputs: readonly Named[],
  outputs: readonly Named[],
  steps: readonly Step[],
): CompiledModel['explain'] {
  const [input, other] = inputs;
  const scores = outputs.find(({ rows }) => rows.type === 'float32' || rows.type === 'float64');
  if (!input || other || !scores || input.rows.dims.length !== 1) return undefined;
  const way = wayTo(scores.rows.slot, input.rows.slot, steps);
  if (!way) return undefined;
  const last = way.at(-1);
  if (last instanceof Ensemble) {
    const before = way.slice(0, -1);
    const summed = last.aggregate === 'SUM' || last.aggregate === 'AVERAGE';
    // Each of the ensemble's features is one of the model's only as long as nothing has mixed them.
    if (!summed || !before.every(keepsFeatures)) return undefined;
    return (row, column) => explainTrees(last, before, row, column);
  }
  if (!way.every((step) => step.row)) return undefined;
  const opposite = scores.rows.slot.width === 2 && (last?.writes[0]?.width ?? 2) === 1;
  return (row, column) => explainLinear(way, row, opposite ? 0 : column, opposite && column === 0 ? -1 : 1);
}

const keepsFeatures = (step: Step) => step.row !== undefined && !(step instanceof Dense) && sameWidth(step);
const sameWidth = ({ reads, writes }: Step) => reads[0]?.width === writes[0]?.width;

/** The steps that lead from one slot to another, each of one value; without those at the end that only squash. */
function wayTo(end: Slot, start: Slot, steps: readonly Step[]): Step[] | undefined {
  const way: Step[] = [];
  let slot = end;
  while (slot !== start) {
    const step = steps.find(({ writes }) => writes.includes(slot));
    if (!step) return undefined;
    if (step.squashed && way.length === 0) {
      slot = step.squashed;
      continue;
    }
    const [from, another] = step.reads;
    if (!from || another) return undefined;
    way.unshift(step);
    slot = from;
  }
  return way;
}
