import type { Scope } from '../graph/scope.ts';

/** Compiles one node: gives its outputs, and emits the steps that compute them. */
export type Operator = (scope: Scope) => void;
