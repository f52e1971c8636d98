import { counter } from './metrics.ts';

/** A named bound on a queue, cache, file or window: its default, and a counter for what the bound has cost. */
export interface Limit {
  readonly name: string;
  readonly default: number;
  /** Counts what the bound cost: messages dropped, requests refused, rows left out. */
  cost(amount?: number): void;
  readonly spent: number;
}

/**
 * Names a limit.
 *
 * @param name    snake_case, with its unit: `upload_queue_bytes`
 * @param meaning what is lost or refused when it is reached
 */
export function defineLimit(name: string, value: number, meaning: string): Limit {
  const spent = counter(`millrace_limit_${name}_total`, `${meaning} (default limit ${value})`);
  return {
    name,
    default: value,
    cost: (amount = 1) => spent.add(amount),
    get spent() {
      return spent.value();
    },
  };
}
