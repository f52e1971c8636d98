import { z } from 'zod';
import type { Block } from '../../runtime/signal/schema.ts';

/** What an older Millrace saved, in the next shape; the oldest first. */
export const migrations: readonly ((saved: Record<string, unknown>) => Record<string, unknown>)[] = [rowsToBlocks];

/** Format 0: a row had one measure, or `bands`; channels and edges were texts with commas. */
const row = z.object({ measure: z.string(), channels: z.string().default(''), edges: z.string().default('') });

function rowsToBlocks({ rows, ...saved }: Record<string, unknown>): Record<string, unknown> {
  const read = z.array(row).safeParse(rows);
  return read.success ? { ...saved, blocks: read.data.map(blockOf) } : saved;
}

/** One block a row, so that the features keep their order, and with it the recipe its digest. */
function blockOf({ measure, channels, edges }: z.infer<typeof row>): Block {
  const names = listed(channels);
  if (measure === 'bands') return { type: 'bands', channels: names, edges: listed(edges).map(Number) };
  // A measure that there is not is named when the settings are parsed.
  return { type: 'statistics', channels: names, measures: [measure as never], detrend: 'none' };
}

const listed = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
