import type { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { TensorValues } from '../tiers/tier.ts';
import type { Element } from './element.ts';
import { shown } from './look.ts';

/** One value of a row: where it comes from and where it goes. */
export interface Column {
  /** As a message names it. */
  readonly name: string;
  readonly element: Element;
  /** Which input of the model. */
  readonly input: number;
  /** Where in a row of that input. */
  readonly at: number;
  /** A NaN or null is a missing value. */
  readonly missing: boolean;
}

/** @throws MODEL_INPUT_NOT_FINITE, MODEL_VALUE_TYPE, MODEL_VALUE_RANGE */
export function putColumn(model: string, column: Column, to: TensorValues, at: number, value: unknown): void {
  const { element, missing } = column;
  if (element.put(to, at, value)) return;
  if (!missing || !element.floating || !isMissing(value)) throw refused(model, column, value);
  (to as Float64Array)[at] = element.name === 'float16' ? MISSING_HALF : NaN;
}

const MISSING_HALF = 0x7e00;

const isMissing = (value: unknown) => value === null || Number.isNaN(value);

function refused(model: string, { name: feature, element }: Column, value: unknown): MillraceError {
  const { range, words, name: type } = element;
  const numeric = typeof value === 'number' || typeof value === 'bigint';
  if (range && numeric && !Number.isNaN(value))
    return errors.MODEL_VALUE_RANGE({ model, feature, type, least: range[0], most: range[1], value: shown(value) });
  const none = value === null || value === undefined || Number.isNaN(value);
  if (none || (element.floating && typeof value === 'number'))
    return errors.MODEL_INPUT_NOT_FINITE({ model, feature, value: shown(value) });
  return errors.MODEL_VALUE_TYPE({ model, feature, words, value: shown(value) });
}
