import { TEST_WORDS as WORDS } from '../../look/test-words.ts';

export type MarkState = 'passed' | 'failed' | 'waiting' | 'untried';

const SIGNS: Readonly<Record<MarkState, string>> = { passed: '✓', failed: '✗', waiting: '…', untried: '–' };

/** A form for each state: nobody needs to tell green from red. */
export const Mark = ({ state }: { readonly state: MarkState }) => (
  <span class={`millrace-mark millrace-mark-${state}`} role="img" aria-label={WORDS[state]}>
    {SIGNS[state]}
  </span>
);
