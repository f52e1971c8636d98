import type { AnsweredClasses } from './answered.ts';

/** Index of the class with the highest score; the first where several are equal. */
export function likeliest({ classes, scores }: Pick<AnsweredClasses, 'classes' | 'scores'>, row: number): number {
  const from = row * classes.length;
  let best = 0;
  for (let each = 1; each < classes.length; each++) {
    if ((scores[from + each] as number) > (scores[from + best] as number)) best = each;
  }
  return best;
}
