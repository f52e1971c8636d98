import type { FeaturesPayload } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { ofItem } from './batch.ts';
import type { FromWindow } from './from-window.ts';
import type { InputSpec } from './input-spec.ts';
import { checkEven, joined } from './join.ts';
import { isRecord, shown } from './look.ts';
import type { Part } from './part.ts';
import { createPartReader } from './part-reader.ts';
import { checkNames } from './row.ts';
import type { RowReader, Rows } from './row-reader.ts';

/** Reads objects that hold something for each input, under its name or under those of its features; and arrays of such. */
export function createManyReader(
  model: string,
  specs: readonly InputSpec[],
  windowed: FromWindow | undefined,
): Pick<RowReader, 'read'> {
  const readers = specs.map((spec) => createPartReader(model, spec, windowed));
  const inputs = specs.map(({ name }) => name);

  const partsOf = (value: unknown): Part[] => {
    if (!isRecord(value))
      throw errors.MODEL_INPUT_TYPE({ model, takes: `an object with ${inputs.join(', ')}`, got: shown(value) });
    const given = byInput(specs, value);
    checkNames(model, inputs, given, 'input');
    return readers.map((reader, i) => reader.read(given[inputs[i] ?? '']));
  };

  const one = (value: unknown): Rows => {
    const parts = partsOf(value);
    const rows = Math.max(...parts.map((part) => part.rows));
    const uneven = parts.findIndex((part) => part.rows !== rows);
    if (uneven >= 0) throw errors.MODEL_BATCH_UNEVEN({ model, input: inputs[uneven] ?? '' });
    return rowsOfParts(
      parts,
      rows,
      parts.some(({ batch }) => batch),
    );
  };

  const many = (items: readonly unknown[]): Rows => {
    if (items.length === 0) throw errors.MODEL_BATCH_EMPTY({ model });
    const all: Part[][] = [];
    try {
      for (const item of items) {
        const parts = partsOf(item);
        const first = all[0] ?? parts;
        for (const [i, part] of parts.entries()) checkEven(model, specs[i] as InputSpec, part, first[i] ?? part);
        all.push(parts);
      }
    } catch (thrown) {
      throw ofItem(thrown, all.length);
    }
    const parts = specs.map((spec, i): Part => {
      const own = all.map((item) => item[i] as Part);
      return { ...joined(spec, own), features: own.flatMap(({ features }) => listed(features)) };
    });
    return rowsOfParts(parts, items.length, true);
  };

  return { read: (input) => (Array.isArray(input) ? many(input) : one(input)) };
}

/** The object with features gathered under the name of their input. What is unknown stays as it is. */
function byInput(specs: readonly InputSpec[], value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = { ...value };
  for (const { name, columns } of specs) {
    if (Object.hasOwn(value, name)) continue;
    const present = columns.filter((column) => Object.hasOwn(value, column));
    if (present.length === 0) continue;
    for (const column of present) delete given[column];
    given[name] = Object.fromEntries(present.map((column) => [column, value[column]]));
  }
  return given;
}

function rowsOfParts(parts: readonly Part[], rows: number, batch: boolean): Rows {
  const tensors = parts.map(({ tensor }) => tensor);
  const named = parts.map(({ features }) => listed(features)).filter((list) => list.length === rows);
  const merged = Array.from({ length: rows }, (_, row): FeaturesPayload => {
    return Object.assign({}, ...named.map((list) => list[row])) as FeaturesPayload;
  });
  return { tensors, rows, batch, features: named.length === 0 ? undefined : batch ? merged : merged[0] };
}

const isList = (features: Part['features']): features is readonly FeaturesPayload[] => Array.isArray(features);

function listed(features: Part['features']): readonly FeaturesPayload[] {
  if (features === undefined) return [];
  return isList(features) ? features : [features];
}
