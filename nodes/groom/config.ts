import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import {
  aggregateStep,
  compressStep,
  deadbandStep,
  duplicatesStep,
  outliersStep,
  rangeStep,
  SUMMARIES,
  unitStep,
  UPSIDE_DOWN,
} from '../../runtime/signal/schema.ts';

export const palette = { category: 'prepare', order: 3, inputs: 1, outputs: 2 } satisfies Palette;

/** Names with commas between them; empty: every channel. */
const channels = z.string().default('');

const summaries = Object.fromEntries(SUMMARIES.map((each) => [each, z.boolean().default(each === 'mean')])) as Record<
  (typeof SUMMARIES)[number],
  z.ZodDefault<z.ZodBoolean>
>;

/** One row of the table: a step, with its channels as text. */
export const row = z.discriminatedUnion('type', [
  z.object({ ...rangeStep.shape, channels }).refine(({ low, high }) => low <= high, UPSIDE_DOWN),
  outliersStep.extend({ channels }),
  duplicatesStep.extend({ channels }),
  unitStep.extend({ channels }),
  deadbandStep.extend({ channels }),
  aggregateStep
    .omit({ summaries: true })
    .extend({ channels, ...summaries })
    .refine((each) => SUMMARIES.some((which) => each[which]), {
      message: 'choose at least one summary',
      path: ['mean'],
    }),
  compressStep.extend({ channels }),
]);
export type GroomRow = z.infer<typeof row>;

export const config = z.object({
  name: settings.text(),
  /** What is done, from the top down. */
  steps: settings.list(row, [row.parse({ type: 'deadband' })]),
  /** Seconds from one message on output 2 to the next; 0: only on request. */
  report: settings.number({ default: 0, min: 0 }),
  /** Where the reading stands, and where what is left of it goes. */
  property: settings.property(),
});

/** For the dialog. */
export { SUMMARIES };
export { UNIT_SYMBOLS } from '../../runtime/signal/schema.ts';
