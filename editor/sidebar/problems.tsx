import type { Entry, ShownOf } from '../live/store.ts';
import { problemTimes, WORDS } from '../look/words.ts';
import { NodeLink } from './card.tsx';

type Problem = Entry<ShownOf<'problem'>>;

/** What is wrong now, and what to do about it. */
export function Problems({ entries }: { readonly entries: readonly Problem[] }) {
  return (
    <div role="log" aria-label={WORDS.problems}>
      {alike(entries).map(([{ latest }, ...others]) => (
        <article key={latest.node} class={latest.waiting ? 'millrace-problem millrace-awaits' : 'millrace-problem'}>
          <header>
            <i class={`fa fa-${latest.waiting ? 'hourglass-half' : 'exclamation-triangle'}`} aria-hidden="true" />
            <strong>{latest.title}</strong>
            {[latest, ...others.map((other) => other.latest)].map((view) => (
              <NodeLink key={view.node} view={view} />
            ))}
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

/** One problem of a config node is had by every node that uses it: it is told once. */
function alike(entries: readonly Problem[]): [Problem, ...Problem[]][] {
  const groups = new Map<string, [Problem, ...Problem[]]>();
  for (const entry of entries) {
    const { code, message } = entry.latest;
    const group = groups.get(`${code} ${message}`);
    if (group) group.push(entry);
    else groups.set(`${code} ${message}`, [entry]);
  }
  return [...groups.values()];
}
