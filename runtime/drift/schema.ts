/** The statistics that a monitor can compare with, the standard one first: those of values, then those of bins and categories. */
export const STATISTICS = [
  'wasserstein',
  'kolmogorov-smirnov',
  'cramer-von-mises',
  'energy',
  'population-stability',
  'jensen-shannon',
  'hellinger',
  'chi-square',
  'l-infinity',
] as const;
export type StatisticName = (typeof STATISTICS)[number];

/** Where the reference comes from: the model's package, or the stream itself. */
export const REFERENCE_SOURCES = ['model', 'stream'] as const;
export type ReferenceSource = (typeof REFERENCE_SOURCES)[number];

/** What repeats in healthy data: windows are compared with the rows of the same part of the day. */
export const SEASONS = ['none', 'hour-of-day', 'shift'] as const;
export type Season = (typeof SEASONS)[number];

/** How many of the newest rows are compared with the reference. */
export const WINDOW = { standard: 30, min: 10, max: 10_000 } as const;
/** How many rows of a stream make a reference. */
export const LEARN = { standard: 1000, min: 100, max: 100_000 } as const;
