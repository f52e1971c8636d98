import { PASSES } from '../filters/design.ts';

/** What the `filter` node can do to each channel. Safe in the browser. */
export const FILTER_KINDS = [...PASSES, 'mean', 'median', 'envelope'] as const;
export type FilterKind = (typeof FILTER_KINDS)[number];

/** Whether it is made for a certain sample rate. */
export const needsRate = (kind: FilterKind): boolean => kind !== 'mean' && kind !== 'median';
