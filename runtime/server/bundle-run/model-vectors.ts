import { asMillraceError } from '../../base/index.ts';
import type { BundleManifest } from '../../bundle/index.ts';
import type { Vitals } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import type { Log } from '../log.ts';

/**
 * Opens each model of the bundle as the flow does, by which its test vectors are checked on this machine: a model that the
 * flow has open already is not loaded again. One after the other, beside the flow.
 *
 * @returns what was found so far
 */
export function checkModels(
  { models }: Pick<BundleManifest, 'models'>,
  services: Pick<Services, 'models' | 'inference'>,
  log: Log,
): () => Vitals['vectors'] {
  let checked = 0;
  const failed: string[] = [];
  let slowestMs: number | undefined;
  const check = async () => {
    for (const { name, version, digest } of models) {
      const reference = `${name}@${version}`;
      try {
        const predictor = await services.inference.open(await services.models.resolve(`${name}@${digest}`));
        const micro = predictor.microseconds[predictor.tier];
        if (micro !== undefined) slowestMs = Math.max(slowestMs ?? 0, micro / 1000);
        await predictor.close();
      } catch (error) {
        failed.push(reference);
        log.report('error', asMillraceError(error), reference);
      }
      checked++;
    }
  };
  void check();
  return () => ({
    ...{ checked, failed: [...failed], pending: models.length - checked },
    ...(slowestMs !== undefined && { slowestMs }),
  });
}
