import type { Step } from '../graph/step.ts';

/** `dense 16-32-4` for two layers one after the other; parts of other kinds are listed. */
export function inWords(steps: readonly Step[]): string {
  const words: string[] = [];
  for (const { words: own } of steps) {
    if (own === undefined) continue;
    const last = words.at(-1);
    const [, from, to] = /^dense (\d+)-(\d+)$/.exec(own) ?? [];
    if (last !== undefined && from !== undefined && to !== undefined && new RegExp(`^dense .*-${from}$`).test(last)) {
      words[words.length - 1] = `${last}-${to}`;
    } else words.push(own);
  }
  return words.length === 0 ? 'arithmetic' : words.join(', ');
}
