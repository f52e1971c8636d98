import { type FlowTest, flowTest } from '../messages/index.ts';
import { errors } from './errors.ts';
import { lineAt, lineOf } from './line-of.ts';

/**
 * Reads a test off the text of its file.
 *
 * @param file for messages
 * @throws TEST_NOT_JSON with the line, TEST_INVALID with the setting and its line
 */
export function parseTest(file: string, text: string): FlowTest {
  const json = text.replace(/^\uFEFF/, '');
  const value = parseJson(file, json);
  return checkTest(value, (path) => `${file}, line ${lineOf(json, path)}`);
}

/**
 * @param place where a setting stands, for messages
 * @throws TEST_INVALID with the first setting that is wrong
 */
export function checkTest(value: unknown, place: (path: readonly PropertyKey[]) => string): FlowTest {
  const result = flowTest.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const named = unknown === undefined ? path : [...path, unknown];
  const problem = unknown === undefined ? (issue?.message ?? 'not understood') : 'there is no such setting';
  throw errors.TEST_INVALID({ place: place(named), setting: settingAt(named), problem });
}

/** `["expect", 0, "node"]` → `expect[0].node` */
const settingAt = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message;
    // V8 says where, but not for every error; a file that is cut short ends too soon.
    const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
    const said = reason.replace(/ in JSON at position.*$/, '');
    throw errors.TEST_NOT_JSON({ file, line: lineAt(text, offset), reason: said }, { cause: error });
  }
}
