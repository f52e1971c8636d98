export { readFiles, readManifest, readPackage } from './read-package.ts';
export type { ReadManifest } from './read-package.ts';
export { sealPackage } from './seal-package.ts';
export type { SealedPackage } from './seal-package.ts';
export { writeFiles, writePackage } from './write-package.ts';
export { PACKAGE_FORMAT, TASKS } from './manifest.ts';
export type { Lineage, Manifest, Metrics, ModelInput, ModelOutput, Task, Tensor, TestVector } from './manifest.ts';
export type { ModelPackage, PackageParts, Reference } from './package.ts';
export { REFERENCE_ROWS } from './reference.ts';
