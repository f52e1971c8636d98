import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { block } from '../../../runtime/signal/schema.ts';

const page = readFileSync(new URL('../../../docs/recipes.md', import.meta.url), 'utf8');
/** Those of a block's own section. */
const sectionOf = (type: string): string =>
  page.split(/^#+ /m).find((section) => section.split('\n', 1)[0]?.includes(`\`${type}\``) === true) ?? '';

it.each(block.options.map((option) => [option.shape.type.value, option] as const))(
  'docs/recipes.md has a section on %s with every parameter',
  (type, option) => {
    const section = sectionOf(type);
    for (const parameter of Object.keys(option.shape)) {
      if (parameter === 'type' || parameter === 'channels') continue;
      expect(section, `${type}: ${parameter}`).toMatch(new RegExp(`^\\| \`${parameter}\` \\|`, 'm'));
    }
    expect(section).not.toBe('');
  },
);
