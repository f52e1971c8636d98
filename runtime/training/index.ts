export { evaluate } from './evaluate.ts';
export type { Examples } from './examples.ts';
export { splitByGroup, splitByTime } from './split.ts';
export type { Split } from './split.ts';
export { labelOf, train } from './train.ts';
export type { TrainingResult } from './train.ts';
export type { Trained, Trainer } from './trainer.ts';
export { softmaxRegression } from './trainers/softmax-regression.ts';
export { verifyTrained } from './verify.ts';
