import { memoryCeiling } from '../workers/index.ts';

/** Less is refused by `millrace run`. */
const LEAST = 64e6;

/** Bytes that a flow may take which a supervisor starts here: that has its part of what the machine, or its cgroup, can spare. */
export const flowCeiling = (): number =>
  Math.max(LEAST, memoryCeiling() / 2, memoryCeiling() - process.memoryUsage.rss());

/** As an option of `millrace`. @param ceiling bytes */
export const maxMemory = (ceiling: number | undefined): readonly string[] =>
  ceiling === undefined ? [] : ['--max-memory', String(Math.floor(ceiling / 1e6))];
