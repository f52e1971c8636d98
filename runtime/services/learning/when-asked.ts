import type { LearningParts } from './create-learning.ts';
import type { Learning } from './types.ts';

/** As `createLearning` beside it. What it takes is loaded when it is asked for: most processes never train. */
export const createLearning = async (parts: LearningParts): Promise<Learning> =>
  (await import('./create-learning.ts')).createLearning(parts);
