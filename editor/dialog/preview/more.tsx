import { WORDS } from '../../look/words.ts';

interface MoreProps {
  /** How many are not shown. */
  readonly hidden: number;
  readonly open: boolean;
  words(hidden: number): string;
  toggle(): void;
}

/** Shows the rest of a long list, and hides it again. */
export const More = ({ hidden, open, words, toggle }: MoreProps) => (
  <button type="button" class="millrace-show-more" aria-expanded={open} onClick={toggle}>
    {open ? WORDS.fewer : words(hidden)}
  </button>
);
