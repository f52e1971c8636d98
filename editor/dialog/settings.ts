import type { z } from 'zod';
import type { EditorNode, EditorProperty } from '../red.ts';

/** A node's settings as Node-RED's editor wants them: value, config node type, check. */
export function editorProperties(config: z.ZodObject, together: Together = () => ({})): Record<string, EditorProperty> {
  const standard = config.parse({});
  return Object.fromEntries(
    Object.keys(config.shape).map((key) => [
      key,
      property(key, config.shape[key] as z.ZodType, standard[key], together),
    ]),
  );
}

/** What is wrong with settings that belong together, by setting, when those in `changed` are taken. */
type Together = (node: EditorNode, changed: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>>;

function property(key: string, schema: z.ZodType, value: unknown, together: Together): EditorProperty {
  const configNode = schema.meta()?.['configNode'];
  // Node-RED itself checks that the config node is there; empty stands for the built-in default.
  if (typeof configNode === 'string') return { value, type: configNode, required: false };
  return {
    value,
    // Two parameters tell Node-RED that a text is an answer too: what is wrong, shown at the field.
    validate(given, options) {
      const problem = checkSetting(schema, given) ?? together(this, { [key]: given })[key];
      if (problem === undefined) return true;
      return options?.label ? `${options.label}: ${problem}` : problem;
    },
  };
}

const fromEnvironment = (value: unknown) => typeof value === 'string' && /^\$\{[^}]+\}$/.test(value);

/** Settings whose value is known here: one from the environment is known on the gateway only. */
export const withoutEnvironment = (settings: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => !fromEnvironment(value)));

/** What is wrong with a setting's value, in words; `undefined` if nothing is. A value from the environment is left alone. */
export function checkSetting(schema: z.ZodType, value: unknown): string | undefined {
  if (fromEnvironment(value)) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  if (!issue) return 'not understood';
  const where = issue.path.map((part) => (typeof part === 'number' ? `row ${part + 1}` : String(part))).join(', ');
  return where ? `${where}: ${issueWords(issue)}` : issueWords(issue);
}

/** zod's commonest findings as a person would say them. */
export function issueWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${COUNTED[issue.origin] ?? ''}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${COUNTED[issue.origin] ?? ''}`;
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : (EXPECTED[issue.expected] ?? `a ${issue.expected}`);
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

/** What a bound counts. */
const COUNTED: Readonly<Record<string, string>> = { string: ' characters', array: ' values' };
const EXPECTED: Readonly<Record<string, string>> = { array: 'numbers, with commas between them' };
