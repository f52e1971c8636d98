import type { Slot } from '../graph/value.ts';
import { postTransform, probit } from '../steps/post-transform.ts';
import type { AggregateName } from './aggregate.ts';
import type { Finish } from './ensemble.ts';

interface RegressorEnd {
  readonly to: Slot;
  readonly trees: number;
  readonly aggregate: AggregateName;
  readonly base: ArrayLike<number>;
  readonly transform: string;
}

/** A target that no leaf gave anything is 0, without its base value. Of one target only PROBIT counts as a post-transform: so does ONNX Runtime. */
export function finishRegressor({ to, trees, aggregate, base, transform }: RegressorEnd): Finish {
  const divisor = aggregate === 'AVERAGE' ? trees : 1;
  return ({ values, given, targets }) => {
    const y = to.array;
    const bases = Float64Array.from({ length: targets }, (_, target) =>
      base.length === targets ? (base[target] ?? 0) : 0,
    );
    const apply = targets > 1 ? postTransform(transform) : undefined;
    const single = targets === 1 && transform === 'PROBIT';
    return (rows) => {
      for (let at = 0, target = 0; at < rows * targets; at++, target = target + 1 === targets ? 0 : target + 1) {
        const value = (values[at] as number) / divisor + (bases[target] as number);
        y[at] = single ? probit(value) : targets === 1 || given[at] === 1 ? value : 0;
      }
      apply?.(y, rows * targets, targets);
    };
  };
}
