/** A test as the form writes it. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changed,
  copyOf,
  draftOf,
  fileFor,
  fileOfRecording,
  newDraft,
  newExpectation,
  problemsOf,
  tidy,
} from '../../../editor/sidebar/tests/draft.ts';
import { flowTest } from '../../../runtime/messages/index.ts';

const flows = resolve(import.meta.dirname, '../../../flows');

describe('a draft', () => {
  it('writes every shipped test without losing anything, and says no more than its author did', async () => {
    let seen = 0;
    for (const flow of await readdir(flows)) {
      const folder = join(flows, flow, 'tests');
      for (const file of await readdir(folder).catch(() => [])) {
        if (!file.endsWith('.json')) continue;
        const written = JSON.parse(await readFile(join(folder, file), 'utf8')) as object;
        const tidied = tidy(flowTest.parse(written));
        expect(flowTest.parse(tidied), file).toEqual(flowTest.parse(written));
        expect(written, file).toMatchObject(tidied);
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(3);
  });

  it('says what is missing, at the place where it is missing', () => {
    expect([...problemsOf(newDraft()).keys()].sort()).toEqual(['expect', 'name']);
    const draft = newDraft({
      name: 'x',
      play: [{ node: 'pins', output: 1, at: 0 }],
      give: [{ node: 'wear', at: 'soon' }],
      expect: [{ ...newExpectation('infer'), near: NaN, is: undefined }],
    });
    expect([...problemsOf(draft).keys()].map((place) => place.split('.').slice(0, 2).join('.'))).toEqual(
      expect.arrayContaining(['play.0', 'give.0', 'expect.0']),
    );
    expect(problemsOf(newDraft({ name: 'x', expect: [newExpectation('infer')] })).size).toBe(0);
  });

  it('leaves a shipped test as it is, and lets it be copied', () => {
    const test = flowTest.parse({ format: 1, name: 'well', expect: [{ node: 'infer', is: 1 }] });
    const shipped = draftOf({ name: 'well', owner: 'shipped' }, test);
    expect(shipped).toMatchObject({ file: 'well', readOnly: true });
    const copy = copyOf(shipped);
    expect(copy).toMatchObject({ readOnly: false, test: { name: 'well (copy)' } });
    expect(copy.file).toBeUndefined();
    expect(draftOf({ name: 'own', owner: 'user' }, test).readOnly).toBe(false);
  });

  it('changes and removes one entry of a list', () => {
    expect(changed(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c']);
    expect(changed(['a', 'b', 'c'], 1)).toEqual(['a', 'c']);
  });

  it('finds file names that no other test has and every file system takes', () => {
    expect(fileFor('Worn bearing: noticed?', [])).toBe('worn-bearing-noticed');
    expect(fileFor('Worn bearing: noticed?', ['worn-bearing-noticed'])).toBe('worn-bearing-noticed-2');
    expect(fileFor('../../../etc', [])).toBe('etc');
    expect(fileFor('???', ['test'])).toBe('test-2');
  });

  it('calls a recording by its name, and by what it is handed out as', () => {
    expect(fileOfRecording('pins@20261121-054012', 'jsonl', 1)).toBe('pins-20261121-054012.jsonl');
    expect(fileOfRecording('pins@20261121-054012', 'parquet', 3)).toBe('pins-20261121-054012.jsonl');
    expect(fileOfRecording('thermo.csv', 'csv', 1)).toBe('thermo.csv');
  });
});
