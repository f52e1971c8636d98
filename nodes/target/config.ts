import { z } from 'zod';
import { type Palette, settings } from '../../runtime/messages/index.ts';
import { BUILT_IN_PORT, TARGET_TYPES, TOPIC } from '../../runtime/outbox/schema.ts';

export const palette = { category: 'config' } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  kind: settings.choice(TARGET_TYPES, 'built-in'),
  /** Of the built-in broker. */
  port: settings.integer({ default: BUILT_IN_PORT, min: 1, max: 65_535 }),
  /** Of an MQTT broker. */
  url: settings.text('mqtt://localhost:1883'),
  /** Empty: made of the gateway's id and the target's. */
  clientId: settings.text(),
  topic: settings.text(TOPIC),
});

export type TargetConfig = z.output<typeof config>;

/** Never part of the settings. */
export const credentials = ['username', 'password'] as const;
