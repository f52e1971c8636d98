export { readPackage } from './read-package.ts';
export { writePackage } from './write-package.ts';
export { PACKAGE_FORMAT, TASKS } from './manifest.ts';
export type { Lineage, Manifest, Metrics, ModelInput, ModelOutput, Task, Tensor, TestVector } from './manifest.ts';
export type { ModelPackage, PackageParts, Reference } from './package.ts';
export { REFERENCE_ROWS } from './reference.ts';
