/**
 * Makes the two versions of the model `pump-watch`, between which the drift lesson switches: the first knows the pump from
 * some minutes, the second from a whole day.
 *
 *   node scripts/make-pump-watch.ts [DIRECTORY]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MadeModel, sayModel } from './example-model.ts';
import { makePumpModel } from './pump-model.ts';

const DESCRIPTION = 'How a belt-driven water pump is: healthy, with a worn bearing, or cavitating.';
const common = { name: 'pump-watch', script: 'make-pump-watch.ts' } as const;

/** @param directory of the model: a folder a version; what lies there is replaced */
export async function makePumpWatch(directory: string): Promise<readonly MadeModel[]> {
  const hour = await makePumpModel(join(directory, '1.0.0'), {
    ...{ ...common, version: '1.0.0', description: `${DESCRIPTION} It knows the pump from some minutes of one day.` },
    rooms: [-1, 1],
    reference: {
      description: 'One continuous run of a healthy pump over its whole load range, four rows a second.',
      digits: 5,
    },
  });
  const day = await makePumpModel(join(directory, '1.1.0'), {
    ...{ ...common, version: '1.1.0', parent: hour.pkg.digest },
    description: `${DESCRIPTION} It knows the pump by day and by night.`,
    rooms: [-8, 16],
    reference: {
      description:
        'A healthy pump over its whole load range, a minute at each of eight hours of a day, four rows a second.',
      ...{ hours: [15, 18, 21, 0, 3, 6, 9, 12], digits: 5 },
    },
  });
  return [hour, day];
}

if (process.argv[1] === import.meta.filename) {
  const models = process.argv[2] ?? join(import.meta.dirname, '../flows/drift/models');
  await mkdir(models, { recursive: true });
  for (const made of await makePumpWatch(join(models, 'pump-watch'))) sayModel(made);
  await writeFile(
    join(models, 'aliases.json'),
    `${JSON.stringify({ 'pump-watch': { production: '1.0.0' } }, null, 2)}\n`,
  );
}
