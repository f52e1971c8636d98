import { defineLimit } from '../../base/index.ts';

export const heapLimit = defineLimit(
  'training_heap_megabytes',
  2048,
  'Trainings that were ended because their process took more memory for its objects',
);

export const numbersLimit = defineLimit(
  'training_numbers',
  200_000_000,
  'Trainings that were refused because their data set holds more numbers than fit in memory at once',
);
