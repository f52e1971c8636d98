import type { z } from 'zod';
import type { EditorProperty } from '../red.ts';

/** A node's settings as Node-RED's editor wants them: value, config node type, check. */
export function editorProperties(config: z.ZodObject): Record<string, EditorProperty> {
  const standard = config.parse({});
  return Object.fromEntries(
    Object.keys(config.shape).map((key) => [key, property(config.shape[key] as z.ZodType, standard[key])]),
  );
}

function property(schema: z.ZodType, value: unknown): EditorProperty {
  const configNode = schema.meta()?.['configNode'];
  // Node-RED itself checks that the config node is there; empty stands for the built-in default.
  if (typeof configNode === 'string') return { value, type: configNode, required: false };
  return {
    value,
    // Two parameters tell Node-RED that a text is an answer too: what is wrong, shown at the field.
    validate(given, options) {
      const problem = checkSetting(schema, given);
      if (problem === undefined) return true;
      return options?.label ? `${options.label}: ${problem}` : problem;
    },
  };
}

/** What is wrong with a setting's value, in words; `undefined` if nothing is. A value from the environment is left alone. */
export function checkSetting(schema: z.ZodType, value: unknown): string | undefined {
  if (typeof value === 'string' && /^\$\{[^}]+\}$/.test(value)) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return undefined;
  const [issue] = result.error.issues;
  if (!issue) return 'not understood';
  const where = issue.path.map((part) => (typeof part === 'number' ? `row ${part + 1}` : String(part))).join(', ');
  return where ? `${where}: ${words(issue)}` : words(issue);
}

/** zod's commonest findings as a person would say them. */
function words(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `at least ${issue.minimum}`;
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}
