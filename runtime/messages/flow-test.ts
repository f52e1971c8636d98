/**
 * A flow test as it lies in a file, and what a run says of it. Written by people and by the sidebar, run by
 * `millrace test` in virtual time.
 */
import { z } from 'zod';

/** `250 ms`, `5 s`, `2 min` or `1 h`; a bare number means seconds. */
export const duration = z.union([
  z.number().nonnegative(),
  z.string().regex(/^\d+(\.\d+)?\s*(ms|s|min|h)$/, 'must be a duration such as "5 s", "250 ms", "2 min" or "1 h"'),
]);

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };

/**
 * A duration in milliseconds.
 *
 * @example
 * milliseconds('5 s'); // 5000
 */
export function milliseconds(value: z.infer<typeof duration>): number {
  if (typeof value === 'number') return value * 1000;
  const [, amount = '', unit = ''] = /^([\d.]+)\s*(\w+)$/.exec(value) ?? [];
  return Number(amount) * (UNITS[unit] ?? NaN);
}

/** A node of the flow: its id, or its name where only one node has it. */
const node = z.string().min(1);
/** Counted from 1, as a person counts the ports on the canvas. */
const output = z.number().int().min(1).default(1);
const message = z.record(z.string(), z.unknown());

/** A recording in place of what a node would send: the node itself is silenced. */
const playedSettings = z.strictObject({
  node,
  output,
  /** A file beside the test: JSONL, CSV or Parquet. */
  recording: z.string().min(1).optional(),
  /** Instead of a file: messages with the time of each since the start of the test. */
  messages: z.array(z.strictObject({ at: duration, message })).optional(),
  /** When it begins. */
  at: duration.default(0),
});
export const played = playedSettings.superRefine(({ recording, messages }, context) => {
  if ((recording === undefined) !== (messages === undefined)) return;
  const message = 'must name either a "recording" or "messages"';
  context.addIssue({ code: 'custom', path: ['recording'], message });
});
export type Played = z.infer<typeof played>;

/** A message that reaches a node's input; or, for an inject node, a press of its button. */
export const given = z.strictObject({ node, at: duration.default(0), message: message.optional() });
export type Given = z.infer<typeof given>;

/** Between `from` and the end of the test, or up to a bound. */
const span = {
  /** What was sent before is not looked at. */
  from: duration.optional(),
  /** Since `from`, or since the start. */
  within: duration.optional(),
  /** Instead of a time: while no more than so many messages of the first recording in `play` have been played. */
  bySample: z.number().int().positive().optional(),
};
/** What a value must be: one of these; `above` and `below` may stand together. */
const comparison = {
  is: z.unknown().optional(),
  /** With `tolerance`: a number, or a text such as "1 %". */
  near: z.number().optional(),
  tolerance: z
    .union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?\s*%$/, 'must be a number or such as "1 %"')])
    .optional(),
  above: z.number().optional(),
  below: z.number().optional(),
  /** A regular expression that a text must match. */
  matches: z.string().optional(),
};

/** What must be seen at one output of a node (or, with `input`, at its input). */
const expectationSettings = z.strictObject({
  node,
  output,
  /** Looks at what arrives at the node instead: of nodes that only note what they would send, write or start. */
  input: z.literal(true).optional(),
  /** Of the message. */
  property: z.string().min(1).default('payload'),
  /**
   * `becomes`: once at least within the span · `always`: every message in it, and there is one · `never`: no message in it ·
   * `last`: the last message in it · `nothing`: no message at all · `count`: so many messages · `error`: the node reports the
   * error `code` · `status`: its status text is, or matches.
   */
  expect: z.enum(['becomes', 'always', 'never', 'last', 'nothing', 'count', 'error', 'status']).default('becomes'),
  ...comparison,
  ...span,
  /** Of `count`. */
  atLeast: z.number().int().nonnegative().optional(),
  atMost: z.number().int().nonnegative().optional(),
  /** Of `error`. */
  code: z.string().optional(),
});
export type Expectation = z.infer<typeof expectationSettings>;

/** What does not go together, or lacks something: the setting at fault and what is wrong with it. */
function conflictIn(
  settings: Expectation,
): { readonly setting: keyof Expectation; readonly message: string } | undefined {
  const { expect, is, near, tolerance, above, below, matches, atLeast, atMost, code, within, bySample } = settings;
  const counts = expect === 'count';
  const stated = [
    { setting: 'is', given: is !== undefined },
    { setting: 'near', given: near !== undefined },
    { setting: above === undefined ? 'below' : 'above', given: above !== undefined || below !== undefined },
    { setting: 'matches', given: matches !== undefined },
  ] as const;
  const given = stated.filter((each) => each.given);
  const [first, second] = given;
  if (second) return { setting: second.setting, message: 'must not stand beside another comparison' };
  if (tolerance !== undefined && near === undefined) return { setting: 'tolerance', message: 'needs "near" beside it' };
  if (within !== undefined && bySample !== undefined)
    return { setting: 'bySample', message: 'must not stand beside "within"' };
  if (code !== undefined && expect !== 'error') return { setting: 'code', message: 'belongs to "expect": "error"' };
  if ((atLeast !== undefined || atMost !== undefined) && !counts) {
    return { setting: atLeast === undefined ? 'atMost' : 'atLeast', message: 'belongs to "expect": "count"' };
  }
  if (counts) {
    const none = is === undefined && atLeast === undefined && atMost === undefined;
    if (none) return { setting: 'expect', message: 'needs "is", "atLeast" or "atMost": how many messages' };
    if (is !== undefined && !(Number.isInteger(is) && Number(is) >= 0))
      return { setting: 'is', message: 'must be a number of messages' };
    if (first && first.setting !== 'is')
      return { setting: first.setting, message: 'does not belong to "expect": "count"' };
    return undefined;
  }
  const needs = ['becomes', 'always', 'never', 'last', 'status'].includes(expect);
  if (needs && !first)
    return { setting: 'expect', message: `needs a comparison beside "${expect}": is, near, above, below or matches` };
  if (expect === 'nothing' && first)
    return { setting: first.setting, message: 'does not belong to "expect": "nothing"' };
  if (matches === undefined || isPattern(matches)) return undefined;
  return { setting: 'matches', message: 'must be a regular expression' };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

export const expectation = expectationSettings.superRefine((settings, context) => {
  const conflict = conflictIn(settings);
  if (conflict) context.addIssue({ code: 'custom', path: [conflict.setting], message: conflict.message });
});

/** One file `NAME.json` in a folder of tests. */
const flowTestSettings = z.strictObject({
  format: z.literal(1),
  name: z.string().min(1),
  /** For people. */
  about: z.string().optional(),
  /** How long the flow runs, in virtual time. Default: until 5 s after the last thing that is played, given or bounded. */
  duration: duration.optional(),
  /** What the flow's clock says at the start, ISO 8601. */
  clock: z.iso.datetime({ offset: true }).default('2026-01-01T00:00:00Z'),
  play: z.array(played).default([]),
  give: z.array(given).default([]),
  expect: z.array(expectation).min(1),
  /** Errors that nodes report and that no expectation names fail a test, unless this says otherwise. */
  errors: z.enum(['fail', 'ignore']).default('fail'),
});

/** A test that ends before what it gives or expects would pass without having looked. */
export const flowTest = flowTestSettings.superRefine(({ duration: lasts, play, give, expect }, context) => {
  // Without a recording there are no samples to count, and the bound would never be reached.
  const uncounted = play.length > 0 ? -1 : expect.findIndex(({ bySample }) => bySample !== undefined);
  if (uncounted >= 0) {
    const message = 'counts the messages of a recording: "play" one';
    context.addIssue({ code: 'custom', path: ['expect', uncounted, 'bySample'], message });
  }
  if (lasts === undefined) return;
  const end = milliseconds(lasts);
  const times = [
    ...play.flatMap(({ at, messages = [] }, index) => [
      { path: ['play', index, 'at'], at: milliseconds(at) },
      ...messages.map((each, row) => ({
        path: ['play', index, 'messages', row, 'at'],
        at: milliseconds(at) + milliseconds(each.at),
      })),
    ]),
    ...give.map(({ at }, index) => ({ path: ['give', index, 'at'], at: milliseconds(at) })),
    ...expect.map(({ from = 0, within }, index) => ({
      path: ['expect', index, within === undefined ? 'from' : 'within'],
      at: milliseconds(from) + milliseconds(within ?? 0),
    })),
  ];
  for (const { path, at } of times) {
    if (at <= end) continue;
    const message = `lies after the end of the test: it reaches ${at / 1000} s, "duration" is ${end / 1000} s`;
    context.addIssue({ code: 'custom', path, message });
  }
});
export type FlowTest = z.infer<typeof flowTest>;

/** What became of one expectation. */
export const expectationResult = z.object({
  /** The node's id, so that the canvas can show it; the text that the test has where there is no such node. */
  node: z.string(),
  /** In words: `infer: payload.label becomes "worn bearing" within 5 s`. */
  expectation: z.string(),
  passed: z.boolean(),
  /** Where it failed: what was expected and what was seen, line by line with `-` and `+`. */
  difference: z.array(z.string()).optional(),
  /** When it was met, ms of virtual time since the start. */
  metAt: z.number().optional(),
});
export type ExpectationResult = z.infer<typeof expectationResult>;

export const testResult = z.object({
  kind: z.literal('test'),
  flow: z.string(),
  file: z.string(),
  name: z.string(),
  passed: z.boolean(),
  expectations: z.array(expectationResult),
  /** Errors that no expectation named. */
  errors: z.array(
    z.object({
      /** The node's id; empty where the error belongs to none. */
      node: z.string(),
      /** What a person calls it. */
      name: z.string(),
      code: z.string(),
      message: z.string(),
      count: z.number(),
    }),
  ),
  /** Why the test could not run at all. */
  broken: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  /** ms of virtual time. */
  virtualMs: z.number(),
  /** ms that it really took. */
  tookMs: z.number(),
});
export type TestResult = z.infer<typeof testResult>;

/** The last line of a run. */
export const testSummary = z.object({
  kind: z.literal('summary'),
  passed: z.number(),
  failed: z.number(),
  tookMs: z.number(),
});
export type TestSummary = z.infer<typeof testSummary>;

/** One line of `millrace test --json`. */
export const testReport = z.discriminatedUnion('kind', [testResult, testSummary]);
export type TestReport = z.infer<typeof testReport>;
