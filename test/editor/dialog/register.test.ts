import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { moved, replaced, without } from '../../../editor/dialog/row-edits.ts';
import { checkSetting, editorProperties } from '../../../editor/dialog/settings.ts';
import type { EditorNode, EditorNodeDefinition } from '../../../editor/red.ts';
import { registerNode } from '../../../editor/register.ts';
import { settings } from '../../../runtime/messages/index.ts';

const config = z.object({
  name: settings.text(),
  rate: settings.integer({ default: 100, min: 1, max: 1000 }),
  mode: settings.choice(['fast', 'slow'], 'fast'),
  board: settings.reference('board'),
  channels: settings.list(z.object({ name: z.string().min(1) }), [{ name: 'x' }]),
});

describe('the settings of a node in the editor', () => {
  const properties = editorProperties(config);

  it('have the defaults of the schema, so that a node works as it is dragged in', () => {
    expect(Object.fromEntries(Object.entries(properties).map(([key, { value }]) => [key, value]))).toEqual({
      name: '',
      rate: 100,
      mode: 'fast',
      board: '',
      channels: [{ name: 'x' }],
    });
  });

  it('name the config node that a setting refers to, which may be left out', () => {
    expect(properties['board']).toMatchObject({ type: 'board', required: false });
    expect(properties['rate']).not.toHaveProperty('type');
  });

  it('are checked by the schema, in words', () => {
    const check = (key: keyof typeof config.shape, value: unknown) => checkSetting(config.shape[key], value);
    expect(check('rate', '250')).toBeUndefined();
    expect(check('rate', '')).toBeUndefined();
    expect(check('rate', '${RATE}')).toBeUndefined();
    expect(check('rate', '5000')).toBe('at most 1000');
    expect(check('rate', '0')).toBe('at least 1');
    expect(check('rate', '2.5')).toBe('a whole number');
    expect(check('mode', 'warp')).toBe('one of fast, slow');
    expect(check('channels', [{ name: 'x' }, { name: '' }])).toBe('row 2, name: must not be empty');
  });

  it('answer Node-RED with the field and what is wrong with it', () => {
    const validate = properties['rate']?.validate;
    // Node-RED takes a text for an answer only from a check with two parameters.
    expect(validate).toHaveLength(2);
    expect(validate?.call({} as EditorNode, '5', {})).toBe(true);
    expect(validate?.call({} as EditorNode, 'fast', { label: 'Rate' })).toMatch(/^Rate: a number/);
  });
});

describe('registering a node', () => {
  const registered = new Map<string, EditorNodeDefinition>();
  beforeEach(() => {
    registered.clear();
    vi.stubGlobal('RED', {
      nodes: { registerType: (type: string, definition: EditorNodeDefinition) => registered.set(type, definition) },
    });
    vi.stubGlobal('document', { getElementById: () => null });
  });
  afterEach(() => vi.unstubAllGlobals());

  const words: Record<string, string> = { 'pins.palette': 'pins', 'pins.output.0': 'readings' };
  const node = (own: object = {}) =>
    ({ ...own, _: (key: string) => words[key] ?? `millrace/millrace:${key}` }) as unknown as EditorNode;

  it('gives the canvas its ports, colour, icon and words', () => {
    const palette = { category: 'sensors', inputs: 1, outputs: 1 } as const;
    registerNode({ type: 'pins', palette, config, dialog: {}, icon: 'millrace-pins.svg' });
    const definition = registered.get('pins');
    expect(definition).toMatchObject({ category: 'sensors', inputs: 1, outputs: 1, icon: 'millrace-pins.svg' });
    expect(definition?.color).toMatch(/^#/);
    expect(definition?.paletteLabel?.call(node())).toBe('pins');
    expect(definition?.label.call(node())).toBe('pins');
    expect(definition?.label.call(node({ name: 'pump' }))).toBe('pump');
    expect(definition?.outputLabels?.call(node(), 0)).toBe('readings');
    expect(definition?.outputLabels?.call(node(), 1)).toBeUndefined();
  });

  it('lets a dialog label a node that has no name', () => {
    const dialog = { label: (own: Readonly<Record<string, unknown>>) => `${String(own['rate'])} Hz` };
    registerNode({ type: 'pins', palette: { category: 'sensors' }, config, dialog, icon: 'i.svg' });
    expect(registered.get('pins')?.label.call(node({ rate: 50 }))).toBe('50 Hz');
  });

  it('says where a config node names itself, which would keep every flow from starting', () => {
    registerNode({ type: 'bench', palette: { category: 'config' }, config, dialog: {}, icon: 'i.svg' });
    const validate = registered.get('bench')?.defaults['name']?.validate;
    expect(validate?.call(node({ id: 'bench' }), 'bench', {})).toMatch(/must differ from the node’s id/);
    expect(validate?.call(node({ id: 'bench' }), 'Bench', {})).toBe(true);
    registerNode({ type: 'pins', palette: { category: 'sensors' }, config, dialog: {}, icon: 'i.svg' });
    expect(registered.get('pins')?.defaults['name']?.validate?.call(node({ id: 'pins' }), 'pins', {})).toBe(true);
  });

  it('keeps secrets out of the settings', () => {
    const palette = { category: 'config' } as const;
    registerNode({ type: 'target', palette, config, dialog: {}, icon: 'i.svg', credentials: ['password'] });
    const definition = registered.get('target');
    expect(definition?.credentials).toEqual({ password: { type: 'password' } });
    expect(definition?.defaults).not.toHaveProperty('password');
    expect(definition).not.toHaveProperty('inputs');
  });
});

describe('editing rows', () => {
  const rows = ['a', 'b', 'c'];
  it('leaves the old rows as they were, so that Cancel takes everything back', () => {
    expect(moved(rows, 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(rows, 0, 1)).toEqual(['b', 'a', 'c']);
    expect(replaced(rows, 1, 'x')).toEqual(['a', 'x', 'c']);
    expect(without(rows, 1)).toEqual(['a', 'c']);
    expect(rows).toEqual(['a', 'b', 'c']);
  });
});
