/** A test that is being written: what the form edits and the gateway keeps. */
import { type Expectation, flowTest, type FlowTest, type Given, type Played } from '../../../runtime/messages/index.ts';
import type { ListedTest } from './tests.ts';

export interface Draft {
  /** Under which it is kept already. */
  readonly file?: string;
  /** It lies with the flow: it can be looked at and copied. */
  readonly readOnly: boolean;
  readonly test: FlowTest;
  /** Files that it plays and that are not beside the tests yet: the recording of the list that each becomes. */
  readonly recordings: Readonly<Record<string, string>>;
}

export const newDraft = (part: Partial<FlowTest> = {}, recordings: Draft['recordings'] = {}): Draft => ({
  readOnly: false,
  recordings,
  test: {
    ...{ format: 1, name: '', clock: '2026-01-01T00:00:00Z', errors: 'fail' },
    ...{ play: [], give: [], expect: [] },
    ...part,
  },
});

export const draftOf = ({ name, owner }: ListedTest, test: FlowTest): Draft => ({
  file: name,
  readOnly: owner !== 'user',
  test,
  recordings: {},
});

/** One's own, of a test that came with the flow. */
export const copyOf = ({ test }: Draft): Draft => newDraft({ ...test, name: `${test.name} (copy)` });

export const newExpectation = (node: string): Expectation => ({
  ...{ node, output: 1, property: 'payload', expect: 'becomes', is: '' },
});

/** A change of one entry of a list; without a new one the entry goes. */
export function changed<T>(list: readonly T[], index: number, next?: T): T[] {
  return next === undefined
    ? list.filter((_, each) => each !== index)
    : list.map((old, each) => (each === index ? next : old));
}

/**
 * What has to be mended before it can be kept: by the place of the setting, as `expect.0.within`.
 *
 * @returns the first problem of each place
 */
export function problemsOf({ test }: Draft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  const parsed = flowTest.safeParse(tidy(test));
  for (const { path, message } of parsed.error?.issues ?? []) {
    const place = path.map(String).join('.');
    if (!problems.has(place)) problems.set(place, message);
  }
  return problems;
}

/** What a file says: nothing that would be so anyway. */
export function tidy({ play, give, expect, clock, errors, ...test }: FlowTest): Record<string, unknown> {
  return {
    ...said(test, { about: '' }),
    ...(clock !== STANDARD_CLOCK && { clock }),
    ...(errors !== 'fail' && { errors }),
    ...(play.length > 0 && { play: play.map((each: Played) => said(each, { output: 1, at: 0 })) }),
    ...(give.length > 0 && { give: give.map((each: Given) => said(each, { at: 0 })) }),
    expect: expect.map((each) => said(each, { output: 1, property: 'payload', expect: 'becomes' })),
  };
}

const STANDARD_CLOCK = '2026-01-01T00:00:00Z';

function said(settings: object, standard: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => value !== undefined && value !== standard[name]),
  );
}

/**
 * A file name for a test of this name that no other has.
 *
 * @example
 * fileFor('Worn bearing: noticed?', ['worn-bearing-noticed']); // 'worn-bearing-noticed-2'
 */
export function fileFor(name: string, taken: readonly string[]): string {
  const plain =
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'test';
  let file = plain;
  for (let n = 2; taken.includes(file); n++) file = `${plain}-${n}`;
  return file;
}

/** What a recording of the list is called beside a test. @example `pins@20261121-054012` becomes `pins-20261121-054012.jsonl` */
export function fileOfRecording(name: string, format: string, files: number): string {
  const plain = name.replace(/\.(jsonl|ndjson|csv|parquet)$/i, '').replace(/[^\p{L}\p{N} ._-]+/gu, '-');
  // What lies in several files is handed out as one of lines.
  return `${plain}.${files > 1 ? 'jsonl' : format}`;
}
