import { z } from 'zod';
import { type Palette, settings, trainingChoices } from '../../runtime/messages/index.ts';

export const palette = { category: 'learn & predict', order: 2, inputs: 1, outputs: 1 } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** Empty: the only one that there is, or the one that was filled last. */
  dataSet: settings.text(),
  /** Name of the model that is made; empty: `my-` and the data set's name. */
  model: settings.text(),
  /** Moved to the new version; empty: none. */
  alias: settings.text(),
  /** What a person may decide about the training. */
  choices: trainingChoices.prefault({}),
});
