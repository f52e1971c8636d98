import type { Finding } from '../../../messages/index.ts';
import type { LoadedExamples } from '../types.ts';
import { count, quoted, SHOWN } from './label-findings.ts';

/** Rows with exactly the same values, in lists of two and more, in order. */
export function sameRows({ rows, width, values }: Pick<LoadedExamples, 'rows' | 'width' | 'values'>): number[][] {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const lists = new Map<number, number[][]>();
  const equal = (a: number, b: number) => {
    for (let at = 0; at < width; at++) if (bits[a * width + at] !== bits[b * width + at]) return false;
    return true;
  };
  for (let row = 0; row < rows; row++) {
    const key = hashOf(bits, row * width, width);
    const alike = lists.get(key);
    const list = alike?.find(([first]) => equal(first as number, row));
    if (list) list.push(row);
    else if (alike) alike.push([row]);
    else lists.set(key, [[row]]);
  }
  return [...lists.values()].flat().filter(({ length }) => length > 1);
}

/** Two mixes of 26 bits each: an exact integer in a double. */
function hashOf(bits: Int32Array, from: number, length: number): number {
  let [a, b] = [0x2545f491, 0x27d4eb2f];
  for (let at = from; at < from + length; at++) {
    const value = bits[at] as number;
    a = Math.imul(a ^ value, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul(b + value, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return (a >>> 6) * 2 ** 26 + (b >>> 6);
}

/** Examples that are there twice, and examples of the same values that have different labels. */
export function duplicateFindings(examples: LoadedExamples): Finding[] {
  const same = sameRows(examples);
  const found: Finding[] = [];
  const ids = (rows: readonly number[]) => rows.slice(0, SHOWN).map((row) => examples.ids[row] as number);
  const spare = same.flatMap(([, ...others]) => others);
  if (spare.length > 0) {
    const share = spare.length / examples.rows;
    found.push({
      code: 'DUPLICATES',
      weight: share > 0.05 ? 'warning' : 'hint',
      message: `${count(spare.length, 'example')} ${spare.length === 1 ? 'has' : 'have'} exactly the values of another one.`,
      hint: 'If a sensor was stuck, or a file was imported twice, remove them: a model that is tested on what it has learnt looks better than it is.',
      examples: ids(spare),
    });
  }
  const torn = same.filter(
    (rows) => new Set(rows.map((row) => examples.labels[row] ?? null).filter((label) => label !== null)).size > 1,
  );
  if (torn.length > 0) {
    const [first = []] = torn;
    const labels = [...new Set(first.flatMap((row) => examples.labels[row] ?? []))];
    found.push({
      code: 'CONTRADICTIONS',
      weight: 'warning',
      message: `${count(torn.flat().length, 'example')} have the same values as another one, and another label (such as ${quoted(labels)}).`,
      hint: 'Nothing can tell them apart. Look at them and give each the label that is right, or remove them.',
      examples: ids(torn.flat()),
    });
  }
  return found;
}
