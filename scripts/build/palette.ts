/** What Node-RED loads: one entry with every node, its HTML with dialogs and help, locales and icons beside it. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeFolder } from './node-folders.ts';
import { palettePackage, root } from './paths.ts';

const nodes = join(palettePackage, 'nodes');

export async function writePalette(folders: readonly NodeFolder[]): Promise<void> {
  await mkdir(join(nodes, 'locales/en-US'), { recursive: true });
  await mkdir(join(nodes, 'icons'), { recursive: true });
  await writeFile(join(nodes, 'millrace.js'), entry(folders));
  await writeFile(join(nodes, 'millrace.html'), folders.map(template).join('\n') + REGISTRATION);
  await writeFile(join(nodes, 'sidebar.html'), SIDEBAR);
  const locales = Object.fromEntries(folders.map(({ type, locale }) => [type, locale]));
  await writeFile(join(nodes, 'locales/en-US/millrace.json'), JSON.stringify(locales, null, 2));
  await cp(join(root, 'editor/look/logo.svg'), join(palettePackage, 'resources/logo.svg'));
  await writeFile(join(palettePackage, 'resources/first-lesson.js'), LESSON);
  for (const { type, directory } of folders) await cp(join(directory, 'icon.svg'), join(nodes, 'icons', iconOf(type)));
}

/** Icon names are shared with every other palette in the editor. */
export const iconOf = (type: string) => `millrace-${type}.svg`;

function entry(folders: readonly NodeFolder[]): string {
  const list = folders.map(
    ({ type }) =>
      `  { type: '${type}', load: () => both(import('./${type}/node.js'), import('./${type}/config.js')) },`,
  );
  return `import { fileURLToPath } from 'node:url';
import { registerNodes } from '../runtime/node-red/index.js';

const both = async (node, config) => ({ register: (await node).default, palette: (await config).palette });
const nodes = [
${list.join('\n')}
];
const beside = (folder) => [fileURLToPath(new URL(\`../\${folder}\`, import.meta.url))];

export default (RED) => registerNodes(RED, nodes, { models: beside('models'), recordings: beside('recordings') });
`;
}

function template({ type, template, help }: NodeFolder): string {
  // Inside its folder a node knows its own keys; in the merged catalogue they stand under its type.
  const prefixed = template.replace(/data-i18n="([^"]*)"/g, (_, keys: string) => {
    const parts = keys.split(';').map((key) => key.replace(/^(\[[^\]]*\])?/, `$1${type}.`));
    return `data-i18n="${parts.join(';')}"`;
  });
  return `<script type="text/html" data-template-name="${type}">
${prefixed.trim()}
</script>
<script type="text/markdown" data-help-name="${type}">
${help.trim()}
</script>
`;
}

const REGISTRATION = `<script type="text/javascript">
millrace.registerNodes();
</script>
`;

/** Node-RED's tour guide imports a module; the steps are the editor bundle's own. */
const LESSON = `export default {
  get steps() {
    return globalThis.millraceLesson;
  },
};
`;

const SIDEBAR = `<script type="text/javascript" src="resources/millrace/editor.js"></script>
`;
