import { z } from 'zod';

export const linesTarget = z.object({
  type: z.literal('lines'),
  host: z.string().default('127.0.0.1'),
  port: z.number().int().min(1).max(65_535),
});
export type LinesTarget = z.output<typeof linesTarget>;
