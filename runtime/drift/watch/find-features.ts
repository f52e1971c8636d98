import { errors } from '../errors.ts';
import { isList, show } from '../monitor/read-row.ts';
import type { FeatureRow } from '../types.ts';

/**
 * The features of a message: what the property holds, or else `payload`. A plain number is a feature too, named by the
 * message's topic.
 *
 * @throws DRIFT_INPUT
 */
export function findFeatures(message: Readonly<Record<string, unknown>>, found: unknown, property: string): FeatureRow {
  const value = found ?? message['payload'];
  if (typeof value === 'number') return { [nameOf(message)]: value };
  const usable = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (usable && (isList(value) || isNamed(value))) return value as FeatureRow;
  throw errors.DRIFT_INPUT({ property: found === undefined ? 'payload' : property, value: show(value) });
}

const nameOf = ({ topic }: Readonly<Record<string, unknown>>) =>
  typeof topic === 'string' && topic !== '' ? topic : 'value';

// One number is enough: what else is in it is then named by the error for its value.
const isNamed = (value: object) => Object.values(value).some((each) => each === null || typeof each === 'number');
