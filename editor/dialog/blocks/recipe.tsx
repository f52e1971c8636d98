import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { DialogForm } from '../dialog.ts';
import { Overview, Total } from '../preview/overview.tsx';
import { usePreview } from '../preview/use-preview.ts';
import { AddBlock } from './add.tsx';
import { Block } from './block.tsx';
import type { BlockKind, BlocksOptions } from './blocks.tsx';
import { type BlockProblem, checkBlock } from './check.ts';
import type { Field } from './fields.ts';
import { Starts } from './starts.tsx';
import type { BlockValue } from './summary.ts';
import { type Entry, useBlocks } from './use-blocks.ts';
import { blockWords } from './words.ts';

export type KnownKind = BlockKind & { readonly fields: readonly Field[] };

interface RecipeProps {
  readonly options: BlocksOptions & { readonly kinds: ReadonlyMap<string, KnownKind> };
  readonly initial: readonly BlockValue[];
  readonly form: DialogForm;
  keep(blocks: readonly BlockValue[]): void;
}

export function Recipe({ options, initial, form, keep }: RecipeProps) {
  const { kinds, from, watch } = options;
  const list = useRef<HTMLOListElement>(null);
  const words = useMemo(() => blockWords(form), [form]);
  const { preview, problem, again, own } = usePreview(form, from, watch);

  const { entries, target, replace, restore, add, editsOf } = useBlocks(initial, (blocks) => {
    keep(blocks);
    again();
  });

  useLayoutEffect(() => {
    if (!target) return;
    const row = list.current?.children[target.row];
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-control="${target.control}"]`);
    // At either end "up" or "down" is off, and of an empty list nothing is left: the focus must not fall out of the dialog.
    const reachable = wanted?.disabled === false ? wanted : row?.querySelector<HTMLElement>('[data-control="title"]');
    (reachable ?? list.current?.parentElement?.querySelector<HTMLElement>('[data-control="add"]'))?.focus();
  }, [target]);

  const rate = preview?.window.rate ?? 100;
  const channels = preview?.window.channels.map(({ name }) => name) ?? [];
  const more = (hidden: number) => form.text('preview.more', { count: hidden });
  // A model's blocks are known only once the gateway has answered.
  const shown: readonly Entry[] = own ? entries : (preview?.blocks ?? []).map(({ block }, id) => ({ id, block }));
  const problemsOf = ({ block }: Entry, index: number): readonly BlockProblem[] => {
    const kind = kinds.get(block.type);
    const found = own && kind ? checkBlock(kind.schema, block) : [];
    // What the gateway finds is about the whole recipe; what stands in the field is found here first.
    return found.length > 0 || problem?.block !== index ? found : [problem];
  };
  const told = own && entries.length === 0 ? { text: form.text('preview.empty') } : problem;
  let before = preview?.window.channels ?? [];

  return (
    <div class="millrace-recipe">
      {own && <Starts options={options} rate={rate} form={form} blocks={entries} replace={replace} undo={restore} />}
      <Overview preview={preview} form={form} more={more} problem={problem?.block === undefined ? told : undefined} />
      <ol class="millrace-blocks" ref={list}>
        {shown.map((entry, index) => {
          const made = preview?.blocks[index];
          const fits = made?.block.type === entry.block.type ? made : undefined;
          const found = before;
          const kind = kinds.get(entry.block.type);
          before = before.map((line) => fits?.changed?.find(({ name }) => name === line.name) ?? line);
          return (
            <Block
              key={own ? entry.id : `model-${index}`}
              block={entry.block}
              index={index}
              fields={(kind?.fields ?? []).filter(({ key }) => kind?.applies(entry.block, key))}
              words={words}
              everyChannel={form.text('placeholder.channels')}
              channels={channels}
              problems={problemsOf(entry, index)}
              made={fits}
              before={found}
              more={more}
              edits={own ? editsOf(index) : undefined}
            />
          );
        })}
      </ol>
      {own && <AddBlock options={options} words={words} form={form} add={({ create }) => add(create(rate))} />}
      {preview && <Total preview={preview} form={form} />}
    </div>
  );
}
