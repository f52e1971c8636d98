import type { Place } from '../queue/types.ts';
import type { Lane } from '../schema.ts';

/**
 * The name of what begins at a place: sorts as it was taken.
 *
 * @example
 * batchName('live', { chunk: 17, index: 3 }); // 'live-000000000017-000003'
 */
export function batchName(lane: Lane, { chunk, index }: Place): string {
  return `${lane}-${String(chunk).padStart(12, '0')}-${String(index).padStart(6, '0')}`;
}
