/** What Node-RED needs to find in the package, and how it loads it. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typesIn } from '../../runtime/bundle/index.ts';
import { type EmbeddedNodeRed, startNodeRed } from '../support/node-red.ts';

const root = resolve(import.meta.dirname, '../..');
const palette = join(root, 'dist/millrace');

describe('the built palette package, in a real Node-RED', () => {
  let nodeRed: EmbeddedNodeRed;
  const json = async (path: string): Promise<unknown> =>
    (await fetch(`${nodeRed.url}${path}`, { headers: { accept: 'application/json' } })).json();
  beforeAll(async () => {
    nodeRed = await startNodeRed({ nodesDir: [palette] });
  });
  afterAll(() => nodeRed.stop());

  it('loads every node from one entry, without an error', async () => {
    const sets = (await json('/nodes')) as { module: string; types: string[]; err?: string }[];
    const ours = sets.filter(({ module }) => module === 'millrace');
    expect(ours.map(({ err }) => err)).toEqual([undefined]);
    const folders = readdirSync(join(root, 'nodes'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.length).toBeGreaterThan(10);
    expect(ours.flatMap(({ types }) => types).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it('tells its types without being loaded, as a doctor and whoever packs a bundle ask it', async () => {
    const folders = readdirSync(join(root, 'nodes'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect((await typesIn(palette)).sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it('has no empty folder: a tarball would not bring it', () => {
    const folders = readdirSync(palette, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const empty = folders.filter(({ parentPath, name }) => readdirSync(join(parentPath, name)).length === 0);
    expect(empty.map(({ name }) => name)).toEqual([]);
  });

  it('can be required as well as imported: no module of it awaits at its top level', () => {
    const entry = createRequire(import.meta.url)(join(palette, 'nodes/millrace.js')) as { default: unknown };
    expect(entry.default).toBeTypeOf('function');
  });

  it('has examples and resources at its root, icons and locales beside its entry, and Node-RED serves them', async () => {
    for (const path of ['examples/pump.json', 'resources/editor.js', 'nodes/icons', 'nodes/locales/en-US']) {
      expect(existsSync(join(palette, path)), path).toBe(true);
    }
    const icons = (await json('/icons')) as Record<string, string[]>;
    expect(icons['millrace']).toContain('millrace-infer.svg');
    expect((await fetch(`${nodeRed.url}/resources/millrace/editor.js`)).status).toBe(200);
    const examples = JSON.stringify(await json('/library/examples/flows/millrace'));
    expect(examples).toContain('"pump"');
  });

  it('brings the licence of everything that it bundles', async () => {
    const licences = await readFile(join(palette, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of ['johnny-five', 'firmata-io', 'preact', 'uplot', 'socket.io-client', 'zod']) {
      expect(licences, name).toMatch(new RegExp(`^## ${name} \\d`, 'm'));
    }
    expect(licences).not.toContain('License: unknown');
  });
});
