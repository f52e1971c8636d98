import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'config' } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  /** `name` for its newest version, `name@version`, or empty for the example that ships with Millrace. */
  model: settings.text(),
});
