import { counter } from './metrics.ts';

/** A named bound on a queue, cache, file or window, and a counter for what the bound has cost. */
export interface Limit {
  readonly name: string;
  /** The bound in force: the default, or what MILLRACE_LIMIT_<NAME> says. */
  readonly value: number;
  /** Counts what the bound cost: messages dropped, requests refused, rows left out. */
  cost(amount?: number): void;
  readonly spent: number;
}

/** One row of docs/limits.md. */
export interface LimitEntry {
  readonly name: string;
  readonly standard: number;
  readonly meaning: string;
}

const entries = new Map<string, LimitEntry>();

/**
 * Names a limit. Whoever runs Millrace can set it by the environment variable MILLRACE_LIMIT_<NAME>.
 *
 * @param name     snake_case, with its unit: `upload_queue_bytes`
 * @param standard the bound where nobody sets another
 * @param meaning  what is counted: what is lost or refused when the bound is reached
 * @throws {RangeError} if the environment sets something that is no positive number
 */
export function defineLimit(name: string, standard: number, meaning: string): Limit {
  entries.set(name, { name, standard, meaning });
  const spent = counter(`millrace_limit_${name}_total`, `${meaning} (limit ${standard} by default)`);
  return {
    name,
    value: fromEnvironment(name) ?? standard,
    cost: (amount = 1) => spent.add(amount),
    get spent() {
      return spent.value();
    },
  };
}

/** Every limit that has been named so far: what docs/limits.md is generated from. */
export const namedLimits = (): readonly LimitEntry[] => [...entries.values()];

function fromEnvironment(name: string): number | undefined {
  const variable = `MILLRACE_LIMIT_${name.toUpperCase()}`;
  const text = process.env[variable];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`${variable} is "${text}", not a positive number`);
  return value;
}
