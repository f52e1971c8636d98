import { render } from 'preact';
import type { z } from 'zod';
import type { MakeWidget } from '../dialog.ts';
import { fieldsOf } from './fields.ts';
import { Recipe } from './recipe.tsx';
import type { BlockValue } from './summary.ts';

/** A kind of block that can be added. */
export interface BlockKind {
  readonly type: string;
  readonly schema: z.ZodObject;
  /** A new one, for samples that come at this rate. */
  create(rate: number): BlockValue;
  /** Whether a parameter means anything beside the others. */
  applies(block: BlockValue, parameter: string): boolean;
}

export interface BlocksOptions {
  /** Under headings, which are keys of the locale. */
  readonly groups: readonly { readonly label: string; readonly kinds: readonly BlockKind[] }[];
  /** Whole lists to begin with; `label` and `about` are keys of the locale. */
  readonly starts: readonly {
    readonly label: string;
    readonly about: string;
    blocks(rate: number): readonly BlockValue[];
  }[];
  /** The setting that says whether the blocks are one's `own`; else they are a model's, and only shown. */
  readonly from: string;
  /** Other settings that change what is made. */
  readonly watch: readonly string[];
}

/**
 * The recipe of a node: its blocks in order, each with its parameters, what it makes of the newest window, and its cost. The
 * parameters are edited as their schemas say; words come from the locale, under `block`, `about`, `summary`, `parameter`,
 * `choice` and `preview`. Operable by keyboard: Alt with the arrow keys moves a block.
 */
export const blocks =
  ({ groups, starts, from, watch }: BlocksOptions): MakeWidget =>
  (element, value, form) => {
    const kinds = new Map(
      groups.flatMap((group) => group.kinds).map((kind) => [kind.type, { ...kind, fields: fieldsOf(kind.schema) }]),
    );
    let held = Array.isArray(value) ? (value as readonly BlockValue[]) : [];
    const keep = (next: readonly BlockValue[]) => {
      held = next;
    };
    const options = { groups, starts, from, watch, kinds };
    render(<Recipe options={options} initial={held} form={form} keep={keep} />, element);
    return { value: () => held, close: () => render(null, element) };
  };
