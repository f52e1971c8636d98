import { z } from 'zod';
import { boardKinds, sceneNames } from '../../runtime/devices/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'config' } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  kind: settings.choice(boardKinds, 'virtual'),
  /** What a virtual board is wired to. */
  scene: settings.choice(sceneNames, 'pump'),
  /** The same seed gives the same readings. */
  seed: settings.integer({ default: 1, min: 0, max: 2_147_483_647 }),
});
