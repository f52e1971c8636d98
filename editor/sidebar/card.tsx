import type { ComponentChildren } from 'preact';
import type { Shown } from '../live/store.ts';
import { WORDS } from '../look/words.ts';
import { isThere, reveal } from './reveal.ts';

interface CardProps {
  /** What kind of thing it is, in a word. */
  readonly title: string;
  readonly view: Shown;
  /** At the right of the head: units, latency, counts. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** One node's part of the sidebar. Its name leads to the node on the canvas. */
export function Card({ title, view, aside, children }: CardProps) {
  return (
    <section class={`millrace-card millrace-card-${view.kind}`} aria-label={`${title}: ${view.name}`}>
      <header>
        <h3>{title}</h3>
        <NodeLink view={view} />
        <span class="millrace-aside">{aside}</span>
      </header>
      {children}
    </section>
  );
}

/** Leads to the node; what stands on no canvas, such as the built-in board, has only its name. */
export function NodeLink({ view }: { readonly view: Shown }) {
  if (!isThere(view.node)) return <span class="millrace-node">{view.name}</span>;
  return (
    <button type="button" class="millrace-node" title={WORDS.show} onClick={() => reveal(view.node)}>
      {view.name}
    </button>
  );
}
