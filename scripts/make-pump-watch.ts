/**
 * Makes the two versions of the model `pump-watch`, between which the drift lesson switches: the first knows the pump from one
 * week in winter, the second from a whole year.
 *
 *   node scripts/make-pump-watch.ts [DIRECTORY]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MadeModel, makePumpModel, sayModel } from './pump-model.ts';

const DESCRIPTION = 'How a belt-driven water pump is: healthy, with a worn bearing, or cavitating.';
const common = { name: 'pump-watch', script: 'make-pump-watch.ts' } as const;

/** @param directory of the model: a folder a version; what lies there is replaced */
export async function makePumpWatch(directory: string): Promise<readonly MadeModel[]> {
  const winter = await makePumpModel(join(directory, '1.0.0'), {
    ...{ ...common, version: '1.0.0', description: `${DESCRIPTION} It knows the pump from one week in winter.` },
    rooms: [-1, 1],
    reference: {
      description: 'One continuous run of a healthy pump over its whole load range, in winter, four rows a second.',
      ...{ rooms: [0], digits: 5 },
    },
  });
  const year = await makePumpModel(join(directory, '1.1.0'), {
    ...{
      ...common,
      version: '1.1.0',
      parent: '1.0.0',
      description: `${DESCRIPTION} It knows the pump from a whole year.`,
    },
    rooms: [-8, 18],
    reference: {
      description: 'A healthy pump over its whole load range, a minute in each of eight months, four rows a second.',
      ...{ rooms: [-3, 2, 7, 12, 15, 11, 6, 0], digits: 5 },
    },
  });
  return [winter, year];
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
