/** The list of nodes is derived from the folders in nodes/, never kept by hand. */
import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { CATEGORIES, type Palette } from '../../runtime/messages/index.ts';
import { BuildError } from './report.ts';
import { root } from './paths.ts';

const REQUIRED = ['config.ts', 'node.ts', 'editor.ts', 'editor.html', 'help.md', 'locale.json', 'icon.svg'];

export interface NodeFolder {
  /** The node's type, which is the folder's name. */
  readonly type: string;
  readonly directory: string;
  readonly palette: Palette;
  readonly locale: Readonly<Record<string, unknown>>;
  readonly template: string;
  readonly help: string;
}

/**
 * Reads every node folder, in the order of the palette.
 *
 * @throws {BuildError} with the path of the first file that is missing or wrong
 */
export async function readNodeFolders(directory = join(root, 'nodes')): Promise<NodeFolder[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const types = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const folders = await Promise.all(types.sort().map((type) => readNodeFolder(join(directory, type), type)));
  return folders.sort(inPalette);
}

/** Node-RED shows nodes in the order in which they are registered, and so the categories that it does not know. */
function inPalette({ palette: a }: NodeFolder, { palette: b }: NodeFolder): number {
  const category = (palette: Palette) => CATEGORIES.findIndex((known) => known === palette.category);
  return category(a) - category(b) || (a.order ?? LAST) - (b.order ?? LAST);
}
const LAST = 1000;

async function readNodeFolder(directory: string, type: string): Promise<NodeFolder> {
  const file = (name: string) => join(directory, name);
  for (const name of REQUIRED) {
    if (!existsSync(file(name))) throw new BuildError(`${relative(root, file(name))} is missing`);
  }
  const read = (name: string) => readFileSync(file(name), 'utf8');
  const { palette, config } = (await import(file('config.ts'))) as { palette?: Palette; config?: z.ZodObject };
  if (!palette || !(config instanceof z.ZodObject)) {
    throw new BuildError(`${relative(root, file('config.ts'))} must export "palette" and a zod object "config"`);
  }
  checkDefaults(config, file('config.ts'));
  return {
    type,
    directory,
    palette,
    locale: parseJson(read('locale.json'), file('locale.json')),
    template: read('editor.html'),
    help: read('help.md'),
  };
}

/** A dragged-in node works before its dialog is opened: so every setting must have a default. */
function checkDefaults(config: z.ZodObject, path: string): void {
  const standard = config.safeParse({});
  if (standard.success) return;
  const setting = standard.error.issues[0]?.path.join('.') ?? '';
  throw new BuildError(`${relative(root, path)}: setting "${setting}" has no default`);
}

function parseJson(text: string, path: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new BuildError(`${relative(root, path)} is no JSON: ${String(error)}`);
  }
}
