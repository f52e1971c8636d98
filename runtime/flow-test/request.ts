/** What crosses between the process that runs the tests and the one in which a test's flow runs. */
import type { PlainError } from '../base/index.ts';
import type { FlowTest, TestResult } from '../messages/index.ts';

/** What a flow under test finds beside itself. */
export interface TestGround {
  /** Folders of model packages, the most important first. */
  readonly models: readonly string[];
  /** Folders of recordings. */
  readonly recordings: readonly string[];
  /** Reference to a model → digest of the version that it means. */
  readonly pins: Readonly<Record<string, string>>;
  /** Whether function nodes may load the packages that are installed. */
  readonly functionModules: boolean;
}

/** Everything that one test needs. */
export interface TestRequest {
  /** What the flow's file holds. */
  readonly flow: { readonly file: string; readonly text: string };
  readonly credentials?: { readonly kept: Readonly<Record<string, unknown>>; readonly secret: string };
  readonly test: FlowTest;
  /** By the name that the test has for it. */
  readonly recordings: Readonly<Record<string, string>>;
  readonly userDir: string;
  readonly ground?: TestGround;
  /** An empty folder for what services keep. */
  readonly directory: string;
  /** Whether Millrace's own nodes are there. */
  readonly palette: boolean;
}

/** What became of it: all that only the flow's process knows. */
export type Outcome = Pick<TestResult, 'expectations' | 'errors' | 'virtualMs'>;

export type ChildMessage =
  /** Once a second. */
  | { readonly kind: 'progress'; readonly virtualMs: number; readonly stalledMs: number; readonly doing: string }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'broken'; readonly error: PlainError };
