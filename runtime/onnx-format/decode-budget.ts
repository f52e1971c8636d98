import type { Limit } from '../base/index.ts';
import { errors } from './errors.ts';
import { listed, nesting, nodes, parts } from './limits.ts';

/** What one file may still cost: small files can describe what fits into no memory. */
export interface DecodeBudget {
  /** @throws ONNX_TOO_LARGE, as each of these does */
  node(): void;
  part(): void;
  numbers(count: number): void;
  depth(depth: number): void;
}

export function createDecodeBudget(): DecodeBudget {
  const spent = new Map<Limit, number>();
  const spend = (limit: Limit, amount: number, what: string) => {
    const total = (spent.get(limit) ?? 0) + amount;
    spent.set(limit, total);
    if (total > limit.value) throw tooLarge(limit, what, total);
  };
  return {
    node: () => spend(nodes, 1, 'nodes'),
    part: () => spend(parts, 1, 'parts'),
    numbers: (count) => spend(listed, count, 'numbers in lists'),
    depth(depth) {
      if (depth > nesting.value) throw tooLarge(nesting, 'levels of nesting', depth);
    },
  };
}

/** Counts the refusal. */
export function tooLarge(limit: Limit, what: string, count: number): Error {
  limit.cost();
  return errors.ONNX_TOO_LARGE({
    what,
    count,
    limit: limit.value,
    setting: `MILLRACE_LIMIT_${limit.name.toUpperCase()}`,
  });
}
