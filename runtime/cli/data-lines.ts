import { grouped } from '../base/index.ts';
import type { DataSetRow, Finding, TruthLabel } from '../messages/index.ts';

export const showLabel = (label: TruthLabel | null) => (label === null ? '(no label)' : String(label));

/** `900 examples`, `1 example` */
export const showCount = (count: number, one: string) => `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;

/** What an example is, in words. */
export function showKind({ kind, columns, window }: DataSetRow): string {
  if (kind === undefined) return 'empty';
  if (!window) return showCount(columns.length, 'feature');
  return `windows of ${window.samples} samples at ${window.rate} Hz, ${showCount(columns.length, 'channel')}`;
}

export function findingLines(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ code, weight, message, hint }) => [
    `${weight.toUpperCase()} ${code}: ${message}`,
    `  ${hint}`,
  ]);
}
