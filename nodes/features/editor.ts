import { blocks, defineDialog } from '../../editor/index.ts';
import { FORMAT, ownBlock } from './config.ts';
import { applies, createBlock } from './kinds.ts';
import { migrations } from './migrations.ts';
import { STARTS } from './starts.ts';

/** Blocks that change the signal come before those that describe it. A kind that is in none of these describes. */
const CLEANING = ['filter', 'moving', 'envelope', 'scale', 'log', 'normalise'];

const kinds = ownBlock.options.map((schema) => {
  const type = schema.shape.type.value;
  return { type, schema, applies, create: (rate: number) => createBlock(type, rate) };
});

const recipe = blocks({
  groups: [
    { label: 'group.clean', kinds: kinds.filter(({ type }) => CLEANING.includes(type)) },
    { label: 'group.describe', kinds: kinds.filter(({ type }) => !CLEANING.includes(type)) },
  ],
  starts: STARTS.map(({ name, blocks }) => ({ label: `start.${name}`, about: `aboutStart.${name}`, blocks })),
  from: 'from',
  watch: ['model', 'property'],
});

/** The saved settings in today's shape. */
const migrated = (saved: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  migrations.slice(Number(saved['format'] ?? 0)).reduce((held, migrate) => migrate(held), { ...saved });

export const dialog = defineDialog({
  widgets: { blocks: (element, value, form) => recipe(element, migrated(form.node)['blocks'] ?? value, form) },
  prepare(form) {
    form.watch('from', (from) => {
      form.show('model', from === 'model');
      form.element('.form-tips').textContent = form.text(`tip.${from}`);
    });
  },
  save: () => ({ format: FORMAT, rows: undefined }),
});
