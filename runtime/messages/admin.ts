/** What the sidebar asks Millrace's admin routes for, and what they answer. */
import { z } from 'zod';

/** Begins a recording of what a node sends; of a node without outputs, of what reaches it. */
export const recordRequest = z.object({
  node: z.string().min(1),
  /** Counted from 1. */
  output: z.number().int().min(1).default(1),
  /** Under which it is kept. Default: the node's name. */
  name: z.string().optional(),
  /** After which it ends by itself. Default: when it is stopped. */
  seconds: z.number().positive().max(86_400).optional(),
});
export type RecordRequest = z.input<typeof recordRequest>;

/** A recording that runs because somebody pressed a button. */
export const runningRecording = z.object({
  id: z.string(),
  /** Of the node that is recorded. */
  node: z.string(),
  output: z.number(),
  /** As it will stand in the list. */
  recording: z.string(),
  /** ms since it began. */
  elapsed: z.number(),
  seconds: z.number().optional(),
  messages: z.number(),
  bytes: z.number(),
  /** Why it is not going well. */
  problem: z.string().optional(),
});
export type RunningRecording = z.infer<typeof runningRecording>;

export const recordingRow = z.object({
  name: z.string(),
  title: z.string(),
  format: z.string(),
  files: z.number(),
  bytes: z.number(),
  messages: z.number().optional(),
  /** ms since the epoch */
  started: z.number().optional(),
  open: z.boolean(),
  shipped: z.boolean(),
  problem: z.string().optional(),
});
export type RecordingRow = z.infer<typeof recordingRow>;

export const recordingsAnswer = z.object({
  running: z.array(runningRecording),
  recordings: z.array(recordingRow),
});
export type RecordingsAnswer = z.infer<typeof recordingsAnswer>;

const plainError = z.object({ code: z.string(), message: z.string(), hint: z.string() });

export const testRow = z.object({
  /** The file's name without `.json`. */
  name: z.string(),
  /** `user`: it can be edited; others are copied first. */
  owner: z.enum(['shipped', 'flow', 'user']),
  test: z.unknown().optional(),
  /** Why it cannot be run. */
  problem: plainError.optional(),
});
export type TestRow = z.infer<typeof testRow>;

export const testsAnswer = z.object({
  /** What the flow is called, and so the folder of its tests. */
  flow: z.string(),
  tests: z.array(testRow),
  /** That tests of this flow may play. */
  recordings: z.array(z.string()),
});
export type TestsAnswer = z.infer<typeof testsAnswer>;

export const saveTestRequest = z.object({
  name: z.string().min(1),
  /** As `flowTest` has it; checked where it is kept, and kept as it was written: defaults that are not said stay unsaid. */
  test: z.record(z.string(), z.unknown()),
  /** Recordings of the list that it plays: they are kept beside it under the file names that it has for them. */
  recordings: z.record(z.string(), z.string()).default({}),
});
export type SaveTestRequest = z.input<typeof saveTestRequest>;

export const runTestsRequest = z.object({ names: z.array(z.string()).default([]) });
/** Names a recording or a test. */
export const nameRequest = z.object({ name: z.string().min(1) });
export const idRequest = z.object({ id: z.string().min(1) });
