import type { Ensemble } from './ensemble.ts';

/** Multiplies what every leaf says. */
export function scaleLeaves({ values, leaves, outputs }: Ensemble, factor: number): void {
  for (let at = 0; at < leaves * outputs; at++) values[at] = (values[at] as number) * factor;
}
