export { createImporter } from './importer.ts';
export type { Importer, ImporterOptions, Inspected, ModelFile } from './importer.ts';
export { modelCard } from './model-card.ts';
export { describeInput, describeOutput } from './words.ts';
