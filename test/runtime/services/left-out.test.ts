import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { servicesFor } from '../../../runtime/services/index.ts';

const nodes = resolve(import.meta.dirname, '../../../nodes');
const OPTIONAL = ['dataSets', 'drift', 'importer', 'learning', 'library', 'recordings', 'suites'];
/** What a dialog shows while it is open: on a gateway nobody asks for it. */
const EDITOR_ONLY = ['preview.ts', 'example-window.ts', 'editor.ts', 'editor.tsx'];

/** The optional services that are named in the code of a node which runs in a flow. */
function namedIn(type: string): string[] {
  const files = readdirSync(join(nodes, type)).filter((file) => /\.ts$/.test(file) && !EDITOR_ONLY.includes(file));
  const code = files.map((file) => readFileSync(join(nodes, type, file), 'utf8')).join('\n');
  return OPTIONAL.filter((service) =>
    new RegExp(`services\\.${service}\\b|\\b${service}\\b[^;]*\\} = (node\\.)?services`).test(code),
  );
}

describe('the services that a flow needs', () => {
  const types = readdirSync(nodes, { withFileTypes: true }).filter((entry) => entry.isDirectory());

  it.each(types.map(({ name }) => name))('are all made for %s', (type) => {
    expect([...servicesFor([type])]).toEqual(expect.arrayContaining(namedIn(type)));
  });

  it('are few for a flow that only predicts', () => {
    expect([...servicesFor(['sensor', 'window', 'features', 'infer', 'upload'])]).toEqual([]);
    expect([...servicesFor(['infer', 'drift', 'record'])].sort()).toEqual(['drift', 'recordings']);
  });
});
