import type { Dialog, DialogForm, Widget } from './dialog.ts';
import { askGateway } from '../gateway.ts';
import { mendChoice, NONE_CHOSEN } from './config-choice.ts';
import { WORDS } from '../look/words.ts';
import type { EditorNode, EditorProperty } from '../red.ts';

export interface OpenForm {
  readonly of: EditorNode;
  /** The settings as they stand in the dialog. */
  draft(): Record<string, unknown>;
  /** What Done saves beyond the template's own fields. */
  values(): Record<string, unknown>;
  close(): void;
}

interface FormOptions {
  readonly node: EditorNode;
  readonly type: string;
  readonly isConfig: boolean;
  readonly dialog: Dialog;
  readonly properties: Readonly<Record<string, EditorProperty>>;
}

/** Brings a dialog that Node-RED has just opened to life: its widgets and what its editor.ts adds. */
export function openForm({ node, type, isConfig, dialog, properties }: FormOptions): OpenForm {
  const prefix = isConfig ? 'node-config-input-' : 'node-input-';
  const tray = document.getElementById(isConfig ? 'node-config-dialog-edit-form' : 'dialog-form') ?? document.body;
  tray.classList.add('millrace-dialog');
  const ends: (() => void)[] = [];

  const element = (selector: string) => {
    const found = tray.querySelector<HTMLElement>(selector);
    if (!found) throw new RangeError(`the dialog of "${type}" has no element ${selector}`);
    return found;
  };
  const field = (name: string) => element(`#${CSS.escape(prefix + name)}`) as HTMLInputElement;
  const valueOf = ({ type: kind, checked, value }: HTMLInputElement) => {
    if (kind === 'checkbox') return String(checked);
    return value === NONE_CHOSEN ? '' : value;
  };

  /** The settings as Done would save them. */
  const draft = (): Record<string, unknown> => {
    const held = Object.keys(properties).map((name) => {
      const input = tray.querySelector<HTMLInputElement>(`#${CSS.escape(prefix + name)}`);
      return [name, input ? valueOf(input) : node[name]] as const;
    });
    return { ...Object.fromEntries(held), ...valuesNow() };
  };
  const valuesNow = (): Record<string, unknown> => ({
    ...Object.fromEntries(widgets.map(([name, widget]) => [name, widget.value()])),
    ...dialog.save?.(form),
  });

  const form: DialogForm = {
    node,
    field,
    element,
    settings: draft,
    show(name, visible) {
      const row = tray.querySelector(`#${CSS.escape(prefix + name)}, [data-widget="${CSS.escape(name)}"]`);
      row?.closest<HTMLElement>('.form-row')?.toggleAttribute('hidden', !visible);
    },
    watch(name, listener) {
      const input = field(name);
      const tell = () => listener(valueOf(input));
      // Node-RED sets a select of config nodes through jQuery, whose events the DOM's own listeners do not hear.
      const wrapped = jquery(input);
      wrapped.on('change input', tell);
      ends.push(() => wrapped.off('change input', tell));
      tell();
    },
    preview: () => askGateway(`nodes/${type}/preview`, { id: node.id, settings: draft() }),
    tell: (command) => askGateway(`tell/${node.id}`, command),
    text: (key, values) => node._(`${type}.${key}`, values),
  };

  const widgets: [string, Widget][] = Object.entries(dialog.widgets ?? {}).map(([name, make]) => [
    name,
    make(element(`[data-widget="${CSS.escape(name)}"]`), node[name] ?? properties[name]?.value, form),
  ]);
  for (const [name, widget] of widgets) {
    const check = () => properties[name]?.validate?.call(node, widget.value(), {}) ?? true;
    sayWhatIsWrong(element(`[data-widget="${CSS.escape(name)}"]`), check);
  }
  for (const [name, property] of Object.entries(properties)) {
    const input = tray.querySelector<HTMLInputElement>(`#${CSS.escape(prefix + name)}`);
    if (!input) continue;
    if (node[name] === undefined && !property.type) fillIn(input, property.value);
    // An emptied number means the default: so that is what the empty field shows.
    if (input.type === 'number' && !input.placeholder) input.placeholder = String(property.value);
    if (property.type) {
      const none = wordOf(node, type, `placeholder.${name}`) ?? WORDS.standard;
      ends.push(mendChoice({ select: input, type: property.type, none }));
    }
  }
  // Node-RED's bait for a browser's password keeper stands out of sight: the focus need not go there.
  for (const bait of tray.querySelectorAll<HTMLElement>('[id^="red-ui-trap-"]')) bait.tabIndex = -1;
  dialog.prepare?.(form);

  return {
    of: node,
    draft,
    values: valuesNow,
    close() {
      for (const [, widget] of widgets) widget.close?.();
      for (const end of ends) end();
    },
  };
}

/** A node that was saved before there was this setting does as the default says: the field must not be empty. */
function fillIn(input: HTMLInputElement, standard: unknown): void {
  if (input.type === 'checkbox') input.checked = standard === true;
  else if (typeof standard === 'string' || typeof standard === 'number') input.value = String(standard);
  jquery(input).trigger('change');
}

/** Node-RED shows beside its own fields what is wrong with them: a widget's stands below it, while it is changed. */
function sayWhatIsWrong(widget: HTMLElement, check: () => boolean | string): void {
  const said = document.createElement('div');
  said.className = 'millrace-invalid';
  said.setAttribute('role', 'status');
  widget.after(said);
  const say = () => {
    const answer = check();
    said.textContent = typeof answer === 'string' ? answer : '';
  };
  for (const event of ['input', 'change', 'click']) widget.addEventListener(event, say);
  say();
}

/** A string of the node's locale.json, `undefined` where it has none: Node-RED then answers with the key. */
export function wordOf(node: EditorNode, type: string, key: string): string | undefined {
  const text = node._(`${type}.${key}`);
  return text.endsWith(`${type}.${key}`) ? undefined : text;
}

interface Jquery {
  on(events: string, listener: () => void): void;
  off(events: string, listener: () => void): void;
  trigger(event: string): void;
}
const jquery = (element: Element): Jquery => (globalThis as unknown as { $: (element: Element) => Jquery }).$(element);
