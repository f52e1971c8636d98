/** Every block of a recipe is put in words: in the dialog and in the help. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../editor/dialog/blocks/fields.ts';
import { summarise } from '../../editor/dialog/blocks/summary.ts';
import { blockWords } from '../../editor/dialog/blocks/words.ts';
import type { DialogForm } from '../../editor/index.ts';
import { ownBlock } from '../../nodes/features/config.ts';
import { applies, createBlock, octaves, tidy } from '../../nodes/features/kinds.ts';
import { STARTS } from '../../nodes/features/starts.ts';

const folder = `${import.meta.dirname}/../../nodes/features`;
const locale = JSON.parse(readFileSync(`${folder}/locale.json`, 'utf8')) as Record<string, unknown>;
const help = readFileSync(`${folder}/help.md`, 'utf8');

/** As Node-RED does: a key without a string is answered with itself. */
const text = (key: string, values: Readonly<Record<string, string | number>> = {}) => {
  const found = key
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], locale);
  if (typeof found !== 'string') return `millrace/millrace:features.${key}`;
  return found.replace(/__(\w+)__/g, (_, name: string) => String(values[name] ?? ''));
};
const words = blockWords({ text } as DialogForm);
const said = (key: string) => !text(key).endsWith(key);
const kinds = ownBlock.options.map((schema) => [schema.shape.type.value, fieldsOf(schema)] as const);

describe.each(kinds)('a block "%s"', (type, fields) => {
  it('has a name, what it is for, and a summary that leaves nothing open', () => {
    for (const key of [`block.${type}`, `about.${type}`, `summary.${type}`]) expect(said(key), key).toBe(true);
    const summary = summarise(createBlock(type, 100), fields, words);
    expect(summary).toMatch(/\w/);
    expect(summary).not.toContain('__');
  });

  it('has words for each parameter and each choice', () => {
    for (const { key, options = [] } of fields) {
      expect(said(`parameter.${key}`) || said(`parameter.${type}.${key}`), key).toBe(true);
      for (const option of options)
        expect(said(`choice.${key}.${option}`) || said(`measure.${option}`), option).toBe(true);
    }
  });

  it('is explained in the help', () => {
    expect(help).toContain(`**${words.name(type)}**`);
  });
});

describe('the words of a recipe', () => {
  it('say on one line what a filter does', () => {
    const fields = new Map(kinds);
    const line = (block: Parameters<typeof summarise>[0]) =>
      summarise(block, fields.get(block.type as 'filter') ?? [], words);
    expect(line({ type: 'filter', pass: 'low', cutoffs: [20], order: 4 })).toBe('low-pass 20 Hz, order 4');
    expect(line({ type: 'filter', pass: 'band', cutoffs: [5, 20] })).toBe('band-pass 5–20 Hz, order 4');
    expect(line({ type: 'statistics', measures: ['rms', 'peak_to_peak'] })).toBe('rms, peak to peak');
  });

  it('name each starting point and say what it is for', () => {
    for (const { name } of STARTS) expect(said(`start.${name}`) && said(`aboutStart.${name}`), name).toBe(true);
  });
});

describe('a new block', () => {
  it('begins with what suits the rate', () => {
    expect(createBlock('filter', 100)).toMatchObject({ channels: [], pass: 'low', cutoffs: [10] });
    expect(createBlock('filter', 0.5)).toMatchObject({ cutoffs: [0.05] });
    expect(octaves(100)).toEqual([0, 3.1, 6.2, 12, 25, 50]);
    expect(octaves(44_100).at(-1)).toBeLessThanOrEqual(22_050);
    expect([12.56, 0.0345, 8, 99.99].map(tidy)).toEqual([12, 0.034, 8, 99]);
  });

  it('asks only for what means something beside the rest', () => {
    const envelope = createBlock('envelope', 100);
    expect(applies(envelope, 'cutoff')).toBe(false);
    expect(applies({ ...envelope, method: 'rectify' }, 'cutoff')).toBe(true);
    expect(applies(envelope, 'channels')).toBe(true);
  });
});
