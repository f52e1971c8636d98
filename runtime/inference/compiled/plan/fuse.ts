import type { Step } from '../graph/step.ts';
import type { Slot } from '../graph/value.ts';
import { Dense } from '../steps/dense.ts';
import { Layers } from '../steps/layers.ts';

/**
 * Dense layers of which each takes only what the one before gives, as one step each.
 *
 * @param outputs slots whose values are asked for
 * @param rows    how many rows a step takes at a time
 */
export function fuse(steps: readonly Step[], outputs: ReadonlySet<Slot>, rows: number): Step[] {
  const readers = new Map<Slot, number>();
  for (const { reads } of steps) for (const slot of reads) readers.set(slot, (readers.get(slot) ?? 0) + 1);
  const fused: Step[] = [];
  let chain: Dense[] = [];
  const end = () => {
    if (chain.length > 0 && Layers.fit(chain, rows)) fused.push(new Layers(chain));
    else fused.push(...chain);
    chain = [];
  };
  for (const step of steps) {
    const [given] = chain.at(-1)?.writes ?? [];
    const follows = given !== undefined && step.reads[0] === given && readers.get(given) === 1 && !outputs.has(given);
    if (!(step instanceof Dense)) {
      end();
      fused.push(step);
    } else {
      if (!follows || step.vectors !== chain[0]?.vectors) end();
      chain.push(step);
    }
  }
  end();
  return fused;
}
