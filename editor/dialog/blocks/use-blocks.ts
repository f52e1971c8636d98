import { useRef, useState } from 'preact/hooks';
import { moved, replaced, without } from '../row-edits.ts';
import type { BlockEdits } from './block.tsx';
import type { BlockValue } from './summary.ts';

/** A block in the list: its number stays with it wherever it is moved. */
export interface Entry {
  readonly id: number;
  readonly block: BlockValue;
}

/** Where the focus goes after a change. */
export interface Target {
  readonly row: number;
  readonly control: string;
}

/** The blocks of one's own recipe, and what can be done with them. */
export interface Blocks {
  readonly entries: readonly Entry[];
  readonly target: Target | undefined;
  /** Puts others in the place of all. */
  replace(blocks: readonly BlockValue[]): void;
  restore(entries: readonly Entry[]): void;
  /** At the end, with its parameters open. */
  add(block: BlockValue): void;
  editsOf(index: number): BlockEdits;
}

/** @param changed told of the blocks after each change */
export function useBlocks(initial: readonly BlockValue[], changed: (blocks: readonly BlockValue[]) => void): Blocks {
  const next = useRef(0);
  const numbered = (blocks: readonly BlockValue[]): Entry[] => blocks.map((block) => ({ id: next.current++, block }));
  const [entries, setEntries] = useState<readonly Entry[]>(() => numbered(initial));
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [target, setTarget] = useState<Target>();

  const change = (now: readonly Entry[], focus?: Target) => {
    setEntries(now);
    changed(now.map(({ block }) => block));
    if (focus) setTarget(focus);
  };
  const editsOf = (index: number): BlockEdits => {
    const { id, block } = entries[index] as Entry;
    return {
      isFirst: index === 0,
      isLast: index === entries.length - 1,
      isOpen: open.has(id),
      toggle: () => setOpen(new Set(open.has(id) ? [...open].filter((each) => each !== id) : [...open, id])),
      move(by, control) {
        const to = index + by;
        if (to >= 0 && to < entries.length) change(moved(entries, index, to), { row: to, control });
      },
      remove: () => change(without(entries, index), { row: Math.min(index, entries.length - 2), control: 'remove' }),
      set(parameter, value) {
        const { [parameter]: _before, ...rest } = block;
        const edited = value === undefined ? (rest as BlockValue) : { ...block, [parameter]: value };
        change(replaced(entries, index, { id, block: edited }));
      },
    };
  };
  return {
    entries,
    target,
    editsOf,
    replace: (blocks) => change(numbered(blocks)),
    restore: (before) => change(before),
    add(block) {
      const added = numbered([block]);
      setOpen(new Set([...open, ...added.map(({ id }) => id)]));
      change([...entries, ...added], { row: entries.length, control: 'title' });
    },
  };
}
