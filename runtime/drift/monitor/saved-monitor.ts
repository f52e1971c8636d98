import type { FurtherRows } from '../calibration/table.ts';
import type { Counts } from './counts.ts';
import { asReference, type SavedLearning } from './learning.ts';
import type { RowReader } from './read-row.ts';
import type { ReferenceRows } from '../types.ts';
import type { SavedWatching } from './watching.ts';

/** What of a monitor outlives the process: plain objects and typed arrays. */
export interface SavedMonitor {
  readonly format: 1;
  /** Of the reference and the settings that it belongs to. */
  readonly print: string;
  readonly names: readonly string[];
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly relearned: boolean;
  readonly begun: number | null;
  readonly whole: boolean;
  readonly backwards: number;
  readonly counts: Counts['list'];
  readonly learned: FurtherRows | null;
  readonly learning: SavedLearning | null;
  readonly watching: SavedWatching | null;
}

interface Kept {
  readonly print: string;
  readonly relearned: boolean;
  readonly refused: { readonly backwards: number };
  readonly begun: number;
  readonly learned: ReferenceRows | undefined;
  readonly reader: RowReader | undefined;
  readonly counts: Counts['list'];
  readonly learning: SavedLearning | undefined;
  readonly watching: SavedWatching | undefined;
}

export function keep(kept: Kept): SavedMonitor {
  const { print, relearned, refused, begun, learned, reader, counts, learning, watching } = kept;
  return {
    ...{ format: 1, print, relearned, counts },
    names: [...(reader?.names ?? [])],
    categories: Object.fromEntries(Object.entries(reader?.categories ?? {}).map(([name, list]) => [name, [...list]])),
    begun: begun === begun ? begun : null,
    whole: reader?.whole ?? false,
    backwards: refused.backwards,
    learned: learned ? flattened(learned) : null,
    learning: learning ?? null,
    watching: watching ?? null,
  };
}

function flattened({ names, rows, times = [] }: ReferenceRows): FurtherRows {
  const values = new Float64Array(rows.length * names.length);
  rows.forEach((row, i) => values.set(row, i * names.length));
  return { values, times: Float64Array.from(times), rows: rows.length, segments: [0] };
}

/** @returns `undefined` where nothing was saved, or it belongs to another reference or other settings */
export function restore(saved: unknown, print: string) {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const found = saved as SavedMonitor;
  if (found.format !== 1 || found.print !== print) return undefined;
  const { names, categories, learned, learning } = found;
  return {
    ...found,
    begun: found.begun ?? NaN,
    refused: { backwards: found.backwards },
    learned: learned ? asReference(names, categories, learned) : undefined,
    learning: learning ? { names, categories, rows: learning } : undefined,
  };
}
