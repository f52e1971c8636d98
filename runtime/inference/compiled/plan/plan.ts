import type { PlainTensor, Tensors } from '../../tiers/tier.ts';
import type { CompiledModel } from '../compiled-model.ts';
import type { Step } from '../graph/step.ts';
import type { Rows, Slot } from '../graph/value.ts';
import { explainer } from '../explain/explainer.ts';
import { createFeeder } from './feeder.ts';
import { fuse } from './fuse.ts';
import { createTaker } from './taker.ts';
import { inWords } from './words.ts';

export interface Named {
  readonly name: string;
  readonly rows: Rows;
}

export interface PlanInput extends Named {
  readonly fixedRows: number | undefined;
}

interface PlanParts {
  readonly inputs: readonly PlanInput[];
  readonly outputs: readonly Named[];
  readonly steps: readonly Step[];
}

/** Bytes of scratch: the values of a block stay in a core's own cache. */
const SCRATCH = 256 * 1024;
const MOST_ROWS = 64;

/** Gives every slot its array and every step its loop: what runs afterwards allocates nothing but the answers. */
export function createPlan({ inputs, outputs, steps: given }: PlanParts): CompiledModel {
  const steps = fuse(given, new Set(outputs.map(({ rows }) => rows.slot)), MOST_ROWS);
  const slots = new Set<Slot>(inputs.map(({ rows }) => rows.slot));
  for (const { reads, writes } of steps) [...reads, ...writes].forEach((slot) => slots.add(slot));
  const width = [...slots].reduce((sum, slot) => sum + slot.width, 0);
  const block = Math.max(1, Math.min(MOST_ROWS, Math.floor(SCRATCH / (4 * width))));
  for (const slot of slots) {
    slot.array =
      slot.precision === 'float32' ? new Float32Array(slot.width * block) : new Float64Array(slot.width * block);
  }
  const feeders = inputs.map(createFeeder);
  const loops = steps.map((step) => step.link());
  const takers = outputs.map(createTaker);

  const explain = explainer(inputs, outputs, given);
  return {
    ...(explain ? { explain } : {}),
    inputs: inputs.map(({ name }) => name),
    outputs: outputs.map(({ name }) => name),
    words: inWords(steps),
    cost: steps.reduce((sum, { cost }) => sum + cost, 0),
    run(feeds: Tensors): Tensors {
      let rows = -1;
      for (const feeder of feeders) rows = feeder.take(feeds, rows);
      for (const taker of takers) taker.begin(rows);
      for (let from = 0; from < rows; from += block) {
        const count = Math.min(block, rows - from);
        for (const feeder of feeders) feeder.fill(from, count);
        for (const loop of loops) loop(count);
        for (const taker of takers) taker.put(from, count);
      }
      const answers: Record<string, PlainTensor> = {};
      for (const taker of takers) answers[taker.name] = taker.end();
      return answers;
    },
  };
}
