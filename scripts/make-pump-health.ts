/**
 * Makes the model package `pump-health`, the example that ships with Millrace.
 *
 *   node scripts/make-pump-health.ts [DIRECTORY]
 */
import { join } from 'node:path';
import { type MadeModel, sayModel } from './example-model.ts';
import { makePumpModel } from './pump-model.ts';

/** @param directory of the package; what lies there is replaced */
export const makePumpHealth = (directory: string): Promise<MadeModel> =>
  makePumpModel(directory, {
    name: 'pump-health',
    version: '1.0.0',
    description: 'How a belt-driven water pump is: healthy, with a worn bearing, or cavitating.',
    script: 'make-pump-health.ts',
    // Between 8 K colder and 16 K warmer: the temperature must not decide.
    rooms: [-8, 16],
    reference: {
      description:
        'One continuous run of a healthy pump in normal operation over its whole load range, four rows a second. ' +
        'The pump is none of those that the model was trained on.',
      digits: 6,
    },
  });

if (process.argv[1] === import.meta.filename) {
  const standard = join(import.meta.dirname, '../flows/pump/models/pump-health');
  sayModel(await makePumpHealth(process.argv[2] ?? standard));
}
