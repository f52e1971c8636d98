/** Models as a page knows them, with a gateway that only says what it is told to. */
import { describe, expect, it } from 'vitest';
import { Refused } from '../../../editor/gateway.ts';
import { withInput, withOutput } from '../../../editor/sidebar/models/choices.ts';
import { createImporting } from '../../../editor/sidebar/models/importing.ts';
import { createModels } from '../../../editor/sidebar/models/models.ts';
import { offersOf, versionOf } from '../../../editor/sidebar/models/offers.ts';
import { readForm, tryForm } from '../../../editor/sidebar/models/try-input.ts';
import type { ImportChoices, InspectAnswer, ModelRow, ModelVersion } from '../../../runtime/messages/index.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const version = (version: string, aliases: string[] = [], more: Partial<ModelVersion> = {}): ModelVersion => ({
  ...{ version, aliases, origin: 'own', ...more },
});
const problem = { code: 'PACKAGE_FILE_CHANGED', message: 'changed', hint: 'Import it again.' };
const rows: ModelRow[] = [
  {
    name: 'belt',
    versions: [version('2.0.0', [], { problem }), version('1.1.0', ['candidate']), version('1.0.0', ['production'])],
  },
  { name: 'pump-health', versions: [version('1.0.0', [], { digest: 'abcdef0123456789' })] },
];

describe('the models of a page', () => {
  it('are listed anew after each change, and say what was refused', async () => {
    const asked: unknown[] = [];
    const models = createModels((path, body) => {
      asked.push([path, body]);
      if (path === 'models/remove') throw new Refused('it is "production"', 'Move the alias first.');
      return Promise.resolve(path === 'models' ? { models: rows } : {});
    });
    expect(await models.alias('belt', 'production', '1.1.0')).toBe(true);
    expect(asked).toEqual([
      ['models/alias', { name: 'belt', alias: 'production', version: '1.1.0' }],
      ['models', undefined],
    ]);
    expect(models.state.value).toMatchObject({ loaded: true, models: rows });
    expect(await models.remove('belt', '1.0.0')).toBe(false);
    expect(models.state.value.trouble).toEqual({ text: 'it is "production"', hint: 'Move the alias first.' });
    await models.refresh();
    expect(models.state.value.trouble).toBeUndefined();
  });

  it('are offered as newest, by alias and by version; what is broken is not', () => {
    const [belt] = offersOf(rows);
    expect(belt?.offers.map(({ reference }) => reference)).toEqual([
      ...['belt', 'belt@candidate', 'belt@production', 'belt@1.1.0', 'belt@1.0.0'],
    ]);
  });

  it('are found by what a flow names', () => {
    expect(versionOf(rows, 'belt')).toEqual({ name: 'belt', version: '1.1.0' });
    expect(versionOf(rows, 'belt@production')).toEqual({ name: 'belt', version: '1.0.0' });
    expect(versionOf(rows, 'pump-health@abcdef01')).toEqual({ name: 'pump-health', version: '1.0.0' });
    expect(versionOf(rows, '')).toEqual({ name: 'pump-health', version: '1.0.0' });
    expect(versionOf(rows, 'belt@2.0.0')).toBeUndefined();
    expect(versionOf(rows, 'saw')).toBeUndefined();
  });
});

describe('a model that is imported', () => {
  const file = (name: string) => new File(['x'], name);
  const proposal = { name: 'net' } as unknown as NonNullable<InspectAnswer['proposal']>;

  function gateway(missing: string[] = []) {
    const sent: unknown[] = [];
    const waiting: (() => void)[] = [];
    let open = missing;
    const answer = (): InspectAnswer => ({
      ...{ upload: 'u', file: 'net.onnx', missing: open, ...(open.length === 0 && { proposal }) },
    });
    const importing = createImporting(
      {
        upload(one, of) {
          sent.push([one.name, of?.as]);
          if (of) open = open.filter((name) => name !== of.as);
          if (one.name === 'bad.onnx') return Promise.reject(new Refused('no model', 'Export it again.'));
          return Promise.resolve(answer());
        },
        preview(_upload, choices) {
          sent.push(choices);
          return Promise.resolve({ ...answer(), proposal: { ...proposal, name: choices.name ?? '' } });
        },
        add: () => Promise.resolve({ name: 'net', version: '1.0.0' }),
      },
      () => new Promise<void>((resolve) => waiting.push(resolve)),
    );
    return { importing, sent, pause: () => waiting.splice(0).forEach((go) => go()) };
  }

  it('brings the files that belong to it along, in any order', async () => {
    const { importing, sent } = gateway(['weights/a.bin', 'b.bin']);
    await importing.take([file('a.bin'), file('net.onnx'), file('b.bin')]);
    expect(sent).toEqual([
      ['net.onnx', undefined],
      ['a.bin', 'weights/a.bin'],
      ['b.bin', 'b.bin'],
    ]);
    expect(importing.state.value.answer?.proposal).toBe(proposal);
  });

  it('waits for a file that is missing, and takes the only one whatever it is called', async () => {
    const { importing } = gateway(['net.onnx.data']);
    await importing.take([file('net.onnx')]);
    expect(importing.state.value).toMatchObject({ answer: { missing: ['net.onnx.data'] } });
    await importing.take([file('renamed.bin')]);
    expect(importing.state.value.answer?.missing).toEqual([]);
  });

  it('is tried once, after the last of several changes', async () => {
    const { importing, sent, pause } = gateway();
    await importing.take([file('net.onnx')]);
    importing.change({ name: 'b' });
    importing.change({ name: 'belt' });
    pause();
    await settled();
    expect(sent.slice(1)).toEqual([{ name: 'belt' }]);
    expect(importing.state.value).toMatchObject({ choices: { name: 'belt' }, answer: { proposal: { name: 'belt' } } });
  });

  it('is forgotten once it is imported or given up, and says why it cannot be read', async () => {
    const { importing } = gateway();
    await importing.take([file('bad.onnx')]);
    expect(importing.state.value.trouble).toEqual({ text: 'no model', hint: 'Export it again.' });
    await importing.take([file('net.onnx')]);
    expect(importing.state.value.trouble).toBeUndefined();
    expect(await importing.add()).toEqual({ name: 'net', version: '1.0.0' });
    expect(importing.state.value).toEqual({ choices: {} });
  });
});

describe('what is said of a model', () => {
  it('adds up, input by input and output by output', () => {
    let choices: ImportChoices = withInput({ name: 'belt' }, { name: 'X', features: ['a', 'b'] });
    choices = withInput(choices, { name: 'X', units: ['g', ''] });
    choices = withOutput(withInput(choices, { name: 'Y', kind: 'text' }), { name: 'out', role: 'value' });
    expect(choices).toEqual({
      name: 'belt',
      inputs: [
        { name: 'X', features: ['a', 'b'], units: ['g', ''] },
        { name: 'Y', kind: 'text' },
      ],
      outputs: [{ name: 'out', role: 'value' }],
    });
  });
});

describe('the form of a try', () => {
  const input = (more: object) => ({
    ...{ name: 'X', type: 'float32', shape: ['rows', 2], kind: 'features' as const, words: '2 numbers' },
    ...more,
  });

  it('has a field a feature, filled with the example as short as it can be said', () => {
    const inputs = [input({ features: ['rms', 'peak'], units: ['g', ''] })];
    const form = tryForm({ inputs, example: { rms: Math.fround(0.1), peak: 3 } });
    expect(form.fields).toMatchObject([{ kind: 'number', name: 'rms', unit: 'g' }, { name: 'peak' }]);
    expect(form.values).toEqual({ rms: '0.1', peak: '3' });
    expect(readForm(form, { rms: '0,5', peak: '' })).toEqual({ input: { rms: 0.5 } });
    expect(readForm(form, { rms: 'much', peak: '' })).toEqual({ wrong: 'rms' });
  });

  it('is a text, a picture, or JSON where nothing simpler will do', () => {
    const text = tryForm({ inputs: [input({ kind: 'text', type: 'string' })], example: 'hello' });
    expect(readForm(text, text.values)).toEqual({ input: 'hello' });
    expect(tryForm({ inputs: [input({ kind: 'image' })], example: undefined }).fields[0]?.kind).toBe('picture');
    const several = tryForm({ inputs: [input({}), input({ name: 'Y' })], example: { X: [1, 2], Y: [3, 4] } });
    expect(readForm(several, several.values)).toEqual({ input: { X: [1, 2], Y: [3, 4] } });
    expect(readForm(several, { input: '[1,' })).toEqual({ wrong: 'input' });
  });
});
