import { defineLimit } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { MAX_CHANNELS, MAX_LENGTH } from '../schema.ts';

const windowValues = defineLimit(
  'window_values',
  MAX_LENGTH * MAX_CHANNELS,
  'Values (samples × channels) that a window holds; a larger one is refused',
);

/** @throws WINDOW_TOO_LARGE if that many values are more than a window may hold */
export function checkRoom(samples: number, channels: number): void {
  if (samples * channels <= windowValues.value) return;
  windowValues.cost();
  throw errors.WINDOW_TOO_LARGE({ samples, channels, limit: windowValues.value });
}
