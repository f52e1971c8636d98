import type { Entry, ShownOf } from '../live/store.ts';
import { problemTimes, WORDS } from '../look/words.ts';
import { NodeLink } from './card.tsx';

/** What is wrong now, and what to do about it. */
export function Problems({ entries }: { readonly entries: readonly Entry<ShownOf<'problem'>>[] }) {
  return (
    <div role="log" aria-label={WORDS.problems}>
      {entries.map(({ latest }) => (
        <article key={latest.node} class="millrace-problem">
          <header>
            <i class="fa fa-exclamation-triangle" aria-hidden="true" />
            <strong>{latest.title}</strong>
            <NodeLink view={latest} />
            <span class="millrace-aside">{problemTimes(latest)}</span>
          </header>
          <p>{latest.message}</p>
          <p class="millrace-hint">{latest.hint}</p>
          <code>{latest.code}</code>
        </article>
      ))}
    </div>
  );
}
