export { createServices } from './create-services.ts';
export type { ServicesOptions, Trial } from './create-services.ts';
export type { Services } from './services.ts';
export { createViewHub } from './view-hub.ts';
export type { ViewHub } from './view-hub.ts';
export type { ModelLibrary } from './model-library.ts';
export type { Learning, Training, TrainerCard } from './learning/types.ts';
export { createLearning } from './learning/create-learning.ts';
export type { LearningParts } from './learning/create-learning.ts';
