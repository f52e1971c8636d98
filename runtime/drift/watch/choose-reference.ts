import type { ModelIdentity } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import type { DriftOptions } from '../create-drift.ts';
import { errors } from '../errors.ts';
import { isList } from '../monitor/read-row.ts';
import type { WatchSettings } from '../types.ts';
import type { SourceValues } from './read-message.ts';

/**
 * The package whose reference a stream is held against: the one that was chosen, or else that of the model which made the
 * prediction, or else the example that ships with Millrace, if its features are in the message.
 *
 * @returns undefined where the reference is to be learned from the stream
 * @throws REFERENCE_OF_OTHER_MODEL, or the registry's own error
 */
export async function chooseReference(
  models: DriftOptions['models'],
  { source, model }: WatchSettings,
  predicted: ModelIdentity | undefined,
  values: SourceValues | undefined,
): Promise<ModelPackage | undefined> {
  if (source === 'stream') return undefined;
  if (model) return model;
  if (!predicted) return await exampleFor(models, values);
  const reference = `${predicted.name}@${predicted.version}`;
  const pkg = await models.resolve(reference);
  if (pkg.digest === predicted.digest) return pkg;
  throw errors.REFERENCE_OF_OTHER_MODEL({ model: reference, predicted: predicted.digest, found: pkg.digest });
}

async function exampleFor(
  models: DriftOptions['models'],
  values: SourceValues | undefined,
): Promise<ModelPackage | undefined> {
  if (!values || isList(values)) return undefined;
  // A stream of something else needs no example: it may be missing.
  const example = await models.resolve('').catch(() => undefined);
  return example?.reference?.names.every((name) => name in values) ? example : undefined;
}
