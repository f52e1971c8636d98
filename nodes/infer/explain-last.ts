import type { Explanation } from '../../runtime/messages/index.ts';
import type { PreviewParts } from '../../runtime/node-red/index.ts';

interface Seen {
  explain(): Promise<Explanation>;
}

/** For the sidebar: how much each feature moved the newest prediction of the deployed node; nothing before there was one. */
export async function explainLast(_draft: unknown, { behaviour }: PreviewParts): Promise<Explanation | null> {
  const seen = behaviour?.seen?.() as Seen | undefined;
  return seen ? await seen.explain() : null;
}
