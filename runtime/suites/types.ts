/** The tests of a flow, to those who list, edit and run them. */
import type { MillraceError } from '../base/index.ts';
import type { FlowTest, TestReport } from '../messages/index.ts';

/** Where a test lies: with the flow that came with Millrace, beside the flow's file, or in the user directory. */
export type TestOwner = 'shipped' | 'flow' | 'user';

/** One file of tests; what is wrong with it, where it cannot be run. */
export interface TestEntry {
  /** The file's name without `.json`: by this it is read, written, removed and run. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly owner: TestOwner;
  readonly test?: FlowTest;
  readonly problem?: MillraceError;
}

/** A recording that tests of a flow may play. */
export interface TestRecording {
  /** As a test names it: relative to its folder, with `/`. */
  readonly name: string;
  readonly file: string;
  readonly owner: TestOwner;
  readonly bytes: number;
}

/** A flow with the folders of its tests. */
export interface Suite {
  /** By which its tests are found: the flow file's name without `.json`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** Folders of tests that there may be, the most important first: a test hides one of its name in a later one. */
  readonly folders: readonly { readonly owner: TestOwner; readonly folder: string }[];
}

export interface RunOptions {
  /** Names of the tests to run. Default: all. */
  readonly names?: readonly string[];
  /** Ends the run, and the process that it runs in. */
  readonly signal?: AbortSignal;
}

/** The tests of flows. `flow` is always the absolute path of the flow's file. */
export interface Suites {
  /** What the flow of this file is called: its tests lie in a folder of this name. */
  nameOf(flow: string): string;
  /** Every test of the flow, by name; those that cannot be run with their problem. */
  list(flow: string): Promise<readonly TestEntry[]>;
  /** @throws TEST_MISSING, TEST_UNREADABLE, TEST_NOT_JSON, TEST_INVALID */
  read(flow: string, name: string): Promise<FlowTest>;
  /**
   * Writes a test to the user directory; one that came with the flow stays as it is and is hidden.
   *
   * @throws TEST_NAME_UNFIT, TEST_INVALID naming the setting, TEST_UNWRITABLE
   */
  write(flow: string, name: string, test: unknown): Promise<TestEntry>;
  /** Removes a test from the user directory. @throws TEST_MISSING; TEST_SHIPPED if it lies elsewhere */
  remove(flow: string, name: string): Promise<void>;
  recordings(flow: string): Promise<readonly TestRecording[]>;
  /** @throws TEST_RECORDING_MISSING, TEST_NAME_UNFIT */
  readRecording(flow: string, name: string): Promise<Uint8Array>;
  /** Keeps a recording beside the user's tests of the flow. @throws TEST_NAME_UNFIT, TEST_UNWRITABLE */
  writeRecording(flow: string, name: string, bytes: Uint8Array): Promise<TestRecording>;
  /** @throws TEST_RECORDING_MISSING; TEST_SHIPPED if it lies elsewhere */
  removeRecording(flow: string, name: string): Promise<void>;
  /**
   * Runs tests in a process of their own, `millrace test --json`, which ends when the caller stops asking.
   *
   * @throws SUITE_RUNNER_MISSING where millrace-studio is not installed; SUITE_FAILED if it did not run to its end
   */
  run(flow: string, options?: RunOptions): AsyncIterable<TestReport>;
}

export interface SuitesOptions {
  /** The user's tests are in its `tests/FLOW/`. */
  readonly userDir: string;
  /** The folder of the flows that came with Millrace, `NAME/flow.json` with `NAME/tests/`. */
  readonly shipped?: string;
}
