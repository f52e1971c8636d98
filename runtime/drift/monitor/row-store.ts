import type { FurtherRows } from '../calibration/table.ts';

/** Rows that are kept for a reference: learned ones, or healthy ones that make it longer. */
export interface RowStore {
  readonly rows: number;
  push(row: Float64Array, time: number): void;
  /** Forgets all behind the first so many; the next row begins a piece of its own. */
  cut(rows: number): void;
  /** The first so many. */
  first(rows: number): FurtherRows;
}

export function createRowStore(width: number, saved?: FurtherRows): RowStore {
  let values: Float64Array = saved?.values.slice() ?? new Float64Array(width * 256);
  let times: Float64Array = saved?.times.slice() ?? new Float64Array(256);
  let rows = saved?.rows ?? 0;
  let segments = [...(saved?.segments ?? [0])];
  return {
    get rows() {
      return rows;
    },
    push(row, time) {
      if (rows === times.length) {
        const room = Math.max(256, 2 * rows);
        [values, times] = [grown(values, room * width), grown(times, room)];
      }
      for (let i = 0; i < width; i++) values[rows * width + i] = row[i] as number;
      times[rows] = time;
      rows++;
    },
    cut(count) {
      rows = Math.min(rows, count);
      segments = segments.filter((from) => from < rows);
      segments.push(rows);
    },
    first(count) {
      const kept = Math.min(rows, count);
      return {
        values: values.slice(0, kept * width),
        times: times.slice(0, kept),
        rows: kept,
        segments: segments.filter((from) => from === 0 || from <= kept),
      };
    },
  };
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length);
  larger.set(values);
  return larger;
}
