import { z } from 'zod';

/** The settings that every network has. */
export const networkSettings = {
  epochs: z.number().int().min(1).max(10_000).default(200).meta({
    description: 'How often it goes through all examples at most. It ends earlier where that no longer helps.',
  }),
  patience: z.number().int().min(1).max(1000).default(20).meta({
    description: 'How often it goes through the examples without getting better before it ends.',
  }),
  learningRate: z.number().positive().max(1).default(0.005).meta({
    description: 'How large its steps are. Smaller: slower, and steadier.',
  }),
  penalty: z.number().min(0).max(10).default(0.01).meta({
    description: 'How strongly large weights are held back. More: simpler.',
  }),
  batch: z.number().int().min(1).max(100_000).optional().meta({
    description: 'Examples a step. Left empty: a twentieth of them, from 8 to 128.',
  }),
};
