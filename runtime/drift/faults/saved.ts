import { z } from 'zod';
import { sensorFault } from '../../messages/index.ts';
import type { ReferenceRows } from '../types.ts';
import type { Fault } from './types.ts';

const FORMAT = 1;
/** JSON has neither NaN nor Infinity. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).transform(Number);
const saved = z.object({
  format: z.literal(FORMAT),
  of: z.string(),
  state: z.array(z.array(number)),
  habits: z.array(z.array(number)),
  on: z.array(
    z.object({
      ...{ name: z.string(), fault: sensorFault, words: z.string() },
      ...{ since: number, value: number, threshold: number },
    }),
  ),
});

interface About {
  readonly names: readonly string[];
  readonly reference: ReferenceRows | undefined;
}

/** What a state is of: another reference has other limits. */
function mark({ names, reference }: About): string {
  const rows = reference?.rows ?? [];
  const ends = [rows[0], rows[rows.length >> 1], rows.at(-1)].map((row) => (row ? Array.from(row).join() : ''));
  return JSON.stringify([names, rows.length, ends]);
}

const plain = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

export const writeSaved = (
  about: About,
  state: readonly (Float64Array | Uint8Array)[],
  habits: readonly (readonly number[])[],
  on: readonly Fault[],
): unknown => ({
  format: FORMAT,
  of: mark(about),
  state: state.map((part) => Array.from(part, plain)),
  habits: habits.map((each) => each.map(plain)),
  on: on.map((one) => ({ ...one, value: plain(one.value), threshold: plain(one.threshold) })),
});

/**
 * Puts what was saved into `state`.
 *
 * @returns the habits, and the faults that were on; `undefined` where there is nothing, or it is of something else: `state` is then as it was
 */
export function readSaved(
  given: unknown,
  about: About,
  state: readonly (Float64Array | Uint8Array)[],
): { readonly habits: readonly (readonly number[])[]; readonly on: readonly Fault[] } | undefined {
  const read = saved.safeParse(given);
  if (!read.success || read.data.of !== mark(about)) return undefined;
  const { state: parts, habits, on } = read.data;
  const fits = parts.length === state.length && parts.every((part, index) => part.length === state[index]?.length);
  if (!fits || habits.length !== about.names.length) return undefined;
  for (const [index, part] of parts.entries()) state[index]?.set(part);
  return { habits, on };
}
