/** More lines than that are not compared one by one: the time grows with the product of both. */
const MOST_LINES = 2_000;

/** Of what changed: more than that is looked at elsewhere. */
const SHOWN = 12;

/**
 * What is different between two texts of several lines, by their longest common subsequence of lines.
 *
 * @returns a few lines that begin with `-` and `+`, and how many more there are
 *
 * @example
 * diffText('a\nb\nc', 'a\nx\nc'); // ['- b', '+ x']
 */
export function diffText(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let begin = 0;
  while (begin < a.length && begin < b.length && a[begin] === b[begin]) begin++;
  let end = 0;
  while (end < a.length - begin && end < b.length - begin && a.at(-1 - end) === b.at(-1 - end)) end++;
  const changes = diffLines(a.slice(begin, a.length - end), b.slice(begin, b.length - end));
  const shown = changes.slice(0, SHOWN);
  return changes.length > SHOWN ? [...shown, `… and ${changes.length - SHOWN} more lines`] : shown;
}

function diffLines(a: readonly string[], b: readonly string[]): string[] {
  if (a.length * b.length > MOST_LINES ** 2) return [...a.map((line) => `- ${line}`), ...b.map((line) => `+ ${line}`)];
  // common[i][j]: how many lines the rests of both have in common.
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const same = a[i] === b[j] ? (common[(i + 1) * width + j + 1] ?? 0) + 1 : 0;
      common[i * width + j] = same || Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const lines: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (
      j === b.length ||
      (i < a.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      lines.push(`- ${a[i++] ?? ''}`);
    } else lines.push(`+ ${b[j++] ?? ''}`);
  }
  return lines;
}
