/** One stream as a person looks at it: sentences and pictures, made once by the gateway for the sidebar and for the printed report. */
import { z } from 'zod';
import { driftKind, featureDrift } from './drift.ts';
import { modelIdentity } from './prediction.ts';

/** How far back the course reaches. */
export const DRIFT_SPANS = ['hour', 'day', 'week', 'all'] as const;
export const driftSpan = z.enum(DRIFT_SPANS);
export type DriftSpan = z.infer<typeof driftSpan>;

/** What is asked for; all of it may be left out. As texts, for it stands in an address. */
export const driftSheetRequest = z.object({
  /** Whose course is drawn. Default: the one that lies furthest out. */
  kind: driftKind.optional(),
  feature: z.string().optional(),
  /** Default: all there is, or the last day of it. */
  span: driftSpan.optional(),
  /** Of the reader, as `Europe/Berlin`. Default: the gateway's. */
  zone: z.string().max(64).optional(),
  /** Of the course, px. */
  width: z.coerce.number().int().min(200).max(1600).default(320),
  /** How many features. */
  shown: z.coerce.number().int().min(1).max(1000).default(12),
});
export type DriftSheetRequest = z.input<typeof driftSheetRequest>;

export const driftReportRequest = driftSheetRequest
  .pick({ span: true, zone: true })
  .extend({ span: driftSpan.default('all') });

export const driftSheet = z.object({
  node: z.string(),
  name: z.string(),
  model: modelIdentity.optional(),
  /** Of the last evaluation, ms since the epoch. */
  time: z.number(),
  look: z.enum(['learning', 'calm', 'drifting', 'fault']),
  /** The sentence that is read first, and what comes after it. */
  headline: z.string(),
  words: z.array(z.string()),
  /** The furthest out first; `svg` is reference beside now. */
  features: z.array(featureDrift.extend({ kind: driftKind, svg: z.string().optional() })),
  /** Features beyond those. */
  more: z.number(),
  span: driftSpan,
  course: z.object({ name: z.string(), kind: driftKind, svg: z.string(), words: z.string() }).optional(),
  /** What has happened, the newest first. */
  events: z.array(
    z.object({
      time: z.number(),
      when: z.string(),
      kind: driftKind,
      state: z.enum(['start', 'change', 'end']),
      words: z.string(),
    }),
  ),
  promise: z.array(z.string()),
  performance: z.array(z.string()),
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
  counts: z.array(z.object({ what: z.string(), count: z.number() })),
});
export type DriftSheet = z.infer<typeof driftSheet>;
