import type { z } from 'zod';
import { issueWords } from '../settings.ts';
import type { BlockValue } from './summary.ts';

/** What is wrong with one parameter of a block. */
export interface BlockProblem {
  /** Not there where the block as a whole is meant. */
  readonly parameter?: string;
  readonly text: string;
}

/** What the schema finds wrong with a block, the first of each parameter. */
export function checkBlock(schema: z.ZodType, block: BlockValue): BlockProblem[] {
  const result = schema.safeParse(block);
  if (result.success) return [];
  const found = new Map<string, string>();
  for (const issue of result.error.issues) {
    const key = String(issue.path[0] ?? '');
    if (!found.has(key)) found.set(key, issueWords(issue));
  }
  return [...found].map(([parameter, text]) => ({ ...(parameter !== '' && { parameter }), text }));
}

/** The block that an error of the gateway names by its place, such as `blocks.2.cutoffs`. */
export function placeOf(message: string): { readonly block: number; readonly parameter?: string } | undefined {
  const found = /"blocks\.(\d+)(?:\.(\w+))?/.exec(message);
  if (!found) return undefined;
  return { block: Number(found[1]), ...(found[2] !== undefined && { parameter: found[2] }) };
}
