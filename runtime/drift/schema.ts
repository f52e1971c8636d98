/** The statistics that a monitor can compare with, the standard one first. */
export const STATISTICS = ['wasserstein', 'kolmogorov-smirnov'] as const;
export type StatisticName = (typeof STATISTICS)[number];

/** Where the reference comes from: the model's package, or the stream itself. */
export const REFERENCE_SOURCES = ['model', 'stream'] as const;
export type ReferenceSource = (typeof REFERENCE_SOURCES)[number];

export const STANDARD_WINDOW = 30;
export const STANDARD_LEARNING = 1000;
