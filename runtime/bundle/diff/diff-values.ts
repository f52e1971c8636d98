import { isSecretName } from '../secret-name.ts';
import { diffText } from './diff-text.ts';
import { showValue } from './show-value.ts';

/** What a text that is the id of a node stands for, in the flow before and in the one after. */
export interface Names {
  readonly before: (id: string) => string | undefined;
  readonly after: (id: string) => string | undefined;
}

/**
 * What is different between two values of a setting, place by place.
 *
 * @param path of the setting: `rules`
 * @returns `rules[1].v: 3 → 4`; of a text of several lines what came and went; of what may be secret only that it changed
 */
export function diffValues(path: string, before: unknown, after: unknown, names: Names): string[] {
  if (isSame(before, after)) return [];
  if (isSecretName(path)) return [`${path}: changed`];
  if (typeof before === 'string' && typeof after === 'string' && /\n/.test(before + after)) {
    return [`${path}:`, ...diffText(before, after).map((line) => `  ${line}`)];
  }
  if (isList(before) && isList(after)) return diffLists(path, before, after, names);
  if (isObject(before) && isObject(after)) {
    // Where a value stands beside its name: the name says whether it may be shown.
    if (isHidden(before) || isHidden(after)) return [`${path}: changed`];
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => diffValues(`${path}.${key}`, before[key], after[key], names));
  }
  return [`${path}: ${shown(before, names.before)} → ${shown(after, names.after)}`];
}

function diffLists(path: string, before: readonly unknown[], after: readonly unknown[], names: Names): string[] {
  if (before.length === after.length) {
    return before.flatMap((item, i) => diffValues(`${path}[${i}]`, item, after[i], names));
  }
  // One that came or went between: only that is worth a word.
  const has = (list: readonly unknown[], item: unknown) => list.some((other) => isSame(other, item));
  const gone = before.filter((item) => !has(after, item));
  const come = after.filter((item) => !has(before, item));
  const lines = [
    ...gone.map((item) => `${path}: without ${shown(item, names.before)}`),
    ...come.map((item) => `${path}: with ${shown(item, names.after)}`),
  ];
  return lines.length > 0 ? lines : [`${path}: ${before.length} entries → ${after.length}`];
}

const shown = (value: unknown, nameOf: Names['before']): string =>
  isObject(value) && (isHidden(value) || Object.keys(value).some(isSecretName))
    ? 'something that is not shown'
    : showValue(value, nameOf);

/** An entry of a list of variables that is secret by its kind or by its name. */
const isHidden = ({ name, type, key }: Readonly<Record<string, unknown>>): boolean =>
  type === 'cred' || [name, key].some((each) => typeof each === 'string' && isSecretName(each));

export const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
