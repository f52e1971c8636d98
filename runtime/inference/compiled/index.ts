export { compile } from './compile.ts';
export { NotCompilable } from './compiled-model.ts';
export type { CompiledModel, Explained } from './compiled-model.ts';
