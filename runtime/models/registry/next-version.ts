import { compareVersions } from './version-order.ts';

/**
 * The version that would follow those that are there: the last number of the newest, plus one.
 *
 * @example
 * nextVersion([]); // '1.0.0'
 * nextVersion(['1.0.0', '1.0.9']); // '1.0.10'
 */
export function nextVersion(versions: readonly string[]): string {
  const [newest] = versions
    .filter((version) => /^\d+(\.\d+)*([-+]|$)/.test(version))
    .sort((a, b) => compareVersions(b, a));
  if (newest === undefined) return FIRST;
  const numbers = (/^[\d.]+/.exec(newest)?.[0] ?? FIRST).split('.').map(Number);
  const last = numbers.pop() ?? 0;
  return [...numbers, last + 1].join('.');
}

const FIRST = '1.0.0';
