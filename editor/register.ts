import type { z } from 'zod';
import { type Palette, settings } from '../runtime/messages/index.ts';
import type { Dialog } from './dialog/dialog.ts';
import { askGateway } from './gateway.ts';
import { troubleOf } from './sidebar/notice.tsx';
import { openForm, type OpenForm, wordOf } from './dialog/form.ts';
import { colourOf, nameCategory } from './look/categories.ts';
import { type EditorNode, type EditorNodeDefinition, red } from './red.ts';
import { editorProperties, withoutEnvironment } from './dialog/settings.ts';

/** What the build gathers from one node folder. */
export interface NodeFace {
  readonly type: string;
  readonly palette: Palette;
  /** The schema of config.ts: gives the defaults, the config nodes that settings refer to, and the checks. */
  readonly config: z.ZodObject;
  readonly dialog: Dialog;
  /** The icon's name as Node-RED knows it. */
  readonly icon: string;
  /** Names of the secrets. */
  readonly credentials?: readonly string[];
}

/** Registers a node's type with Node-RED's editor: what stands in the palette and on the canvas, and its dialog. */
export function registerNode({ type, palette, config, dialog, icon, credentials = [] }: NodeFace): void {
  const isConfig = palette.category === 'config';
  // One dialog of a type can be open at a time: Node-RED opens a config node's over the node that refers to it.
  let form: OpenForm | undefined;
  const close = () => {
    form?.close();
    form = undefined;
  };
  const word = (node: EditorNode, key: string) => wordOf(node, type, key);

  const properties = editorProperties(config, (node, changed) => {
    const itself = isConfig ? namesItself(node, changed) : {};
    if (!dialog.problems) return itself;
    const names = Object.keys(config.shape);
    // In an open dialog the other settings are what stands there, not what was saved.
    const held = form?.of === node ? form.draft() : Object.fromEntries(names.map((name) => [name, node[name]]));
    return { ...dialog.problems(withoutEnvironment({ ...held, ...changed })), ...itself };
  });
  const definition: EditorNodeDefinition = {
    category: palette.category,
    defaults: properties,
    label() {
      return this.name || dialog.label?.(this) || word(this, 'palette') || type;
    },
    paletteLabel() {
      return word(this, 'palette') ?? type;
    },
    labelStyle() {
      return this.name ? 'red-ui-flow-node-label-italic' : '';
    },
    oneditprepare() {
      close();
      form = openForm({ node: this, type, isConfig, dialog, properties });
    },
    oneditsave() {
      Object.assign(this, form?.values());
      close();
    },
    oneditcancel: close,
    oneditdelete: close,
  };
  if (credentials.length > 0) {
    const kinds = credentials.map((name) => [name, { type: settings.credentialType(name) }] as const);
    definition.credentials = Object.fromEntries(kinds);
  }
  if (!isConfig) {
    definition.inputs = palette.inputs ?? 0;
    definition.outputs = palette.outputs ?? 0;
    definition.icon = icon;
    definition.color = colourOf(palette.category) ?? '#ccc';
    if (dialog.button) definition.button = buttonOf(dialog.button);
    if (palette.align) definition.align = palette.align;
    definition.outputLabels = function (index) {
      return word(this, `output.${index}`);
    };
  }
  red().nodes.registerType(type, definition);
  if (!isConfig) nameCategory(palette.category);
}

/**
 * Node-RED takes any setting of a config node that is the id of one for a reference: one that is its own id would wait for itself,
 * and no flow would start ("Circular config node dependency").
 */
const namesItself = ({ id }: EditorNode, changed: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(changed)
      .filter(([, value]) => value === id)
      .map(([name]) => [name, 'must differ from the node’s id, or Node-RED starts no flow: change it in a letter']),
  );

/** A node that is not deployed as it stands has nothing to tell it to. */
const buttonOf = (command: Readonly<Record<string, unknown>>): NonNullable<EditorNodeDefinition['button']> => ({
  enabled() {
    return this.changed !== true && this.d !== true;
  },
  onclick() {
    if (this.changed === true || this.d === true) return;
    askGateway(`tell/${encodeURIComponent(this.id)}`, command).catch((error: unknown) => {
      const { text, hint = '' } = troubleOf(error);
      red().notify(`<p>${escaped(text)}</p><p>${escaped(hint)}</p>`, { type: 'error' });
    });
  },
});

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
