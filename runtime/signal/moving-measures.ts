/** What can be computed over the last samples of a stream. Safe in the browser. */
export const MOVING_MEASURES = ['mean', 'std', 'rms', 'min', 'max', 'median'] as const;
