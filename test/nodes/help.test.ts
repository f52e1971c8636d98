/** The help texts, as Node-RED's editor reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const nodes = resolve(import.meta.dirname, '../../nodes');
const types = readdirSync(nodes, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (type: string, file: string) => readFileSync(resolve(nodes, type, file), 'utf8');

describe.each(types)('the help of %s', (type) => {
  const lines = read(type, 'help.md').split('\n');

  it('describes each property of a message so that the editor lays it out', () => {
    // What Node-RED takes for a description: `: name (type) : text`, on one line and without another colon.
    for (const [index, line] of lines.entries()) {
      if (!line.startsWith(':')) continue;
      expect(line).toMatch(/^:[^:]+\([^:]+\)[^:]*:[^:]+$/);
      expect(lines[index + 1], `what follows "${line}"`).toMatch(/^(:.*)?$/);
    }
  });

  it('explains each setting under the name that the dialog gives it', () => {
    const { label } = JSON.parse(read(type, 'locale.json')) as { label: Record<string, string> };
    const settings = [...read(type, 'editor.html').matchAll(/<label\b[\s\S]*?data-i18n="label\.(\w+)"/g)];
    const text = lines.join('\n');
    for (const [, key = ''] of settings) {
      if (key === 'name') continue;
      expect(text, `the setting "${label[key]}"`).toContain(`**${label[key]}**`);
    }
  });
});
