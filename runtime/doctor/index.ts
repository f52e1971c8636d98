export { profileOf } from './profile/profile-of.ts';
export type { ProfileOptions } from './profile/profile-of.ts';
export { diagnose, FINDING_GROUPS } from './findings/diagnose.ts';
export type { FindingKind, FindingKinds } from './findings/kind.ts';
export { FIT_PROBLEMS, fitOf, fitOfBundle } from './fit/fit-of.ts';
export type { FitOptions } from './fit/options.ts';
export type { ProblemKind, ProblemKinds } from './fit/problem.ts';
