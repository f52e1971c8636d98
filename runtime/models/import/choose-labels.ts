import { checkOnce } from './apply-choices.ts';
import { errors } from './errors.ts';
import type { FoundLabels } from './find-labels.ts';

/**
 * The labels of a classification: chosen, found in the file, or counted.
 *
 * @param classes how many scores there are, where that is known
 * @throws IMPORT_LABELS_COUNT, IMPORT_NAMES_REPEAT
 */
export function chooseLabels(
  chosen: readonly string[] | undefined,
  found: FoundLabels | undefined,
  classes: number | undefined,
): FoundLabels | undefined {
  if (chosen) {
    const expected = classes ?? found?.labels.length;
    if (chosen.length === 0 || (expected !== undefined && chosen.length !== expected)) {
      throw errors.IMPORT_LABELS_COUNT({ expected: expected ?? 1, got: chosen.length, labels: chosen });
    }
    checkOnce('label', chosen);
    return { labels: chosen, from: 'you chose them' };
  }
  if (found && (classes === undefined || found.labels.length === classes)) return found;
  if (classes === undefined) return undefined;
  const counted = Array.from({ length: classes }, (_, i) => `class ${i}`);
  return { labels: counted, from: 'the file names none: they are counted' };
}
