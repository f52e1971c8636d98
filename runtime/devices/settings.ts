import { z } from 'zod';
import { sceneNames } from './world/schema.ts';

export const boardKinds = ['virtual'] as const;
export type BoardKind = (typeof boardKinds)[number];

/** What a board is and, of a virtual one, what it is wired to. */
export const boardSettings = z.object({
  name: z.string().default(''),
  kind: z.enum(boardKinds).default('virtual'),
  /** The virtual world that drives the pins. */
  scene: z.enum(sceneNames).default('pump'),
  /** The same seed gives the same readings. */
  seed: z.number().int().default(1),
});
export type BoardSettings = z.infer<typeof boardSettings>;
